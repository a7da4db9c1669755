// A proxy that could not be used, or that answered in the place of the server: told apart from what the server says.
import type { ProxyTrouble } from '../../contract/flow/exchange.ts'
import type { ProxyFacts } from '../../contract/flow/route.ts'

export class ProxyError extends Error {
  readonly proxy: ProxyFacts
  readonly trouble: ProxyTrouble

  constructor(proxy: ProxyFacts, trouble: ProxyTrouble) {
    super(`The proxy failed: ${trouble.reason}`)
    this.name = 'ProxyError'
    this.proxy = proxy
    this.trouble = trouble
  }
}

/** A proxy's failure in what fetch throws; `null` if it was none. */
export function proxyErrorIn(error: unknown): ProxyError | null {
  if (error instanceof ProxyError) return error
  return error instanceof Error && error.cause instanceof ProxyError ? error.cause : null
}
