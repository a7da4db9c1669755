// How a recorded request authenticates its client: the method, the client id, and the client secret's pseudonym.
import type { RecordedRequest } from '../../../contract/flow/exchange.ts'
import type { ClientAuthentication } from '../../../contract/service.ts'
import { headerOf, parameterOf } from './facts.ts'

export interface SentClient {
  /** `basic` for either encoding; `assertion` for a signed JWT of another program. */
  method: Exclude<ClientAuthentication, 'basic-raw'> | 'assertion'
  clientId: string | null
  /** Equal for equal secrets, in all flows of this vault. */
  secret: string | null
}

/** @see RFC 6749 §2.3.1 */
export function sentClient(request: RecordedRequest): SentClient {
  const clientId = parameterOf(request, 'client_id')
  // The client id stands in the open, the secret as its pseudonym, which holds a colon itself.
  const [, user, secret] = /^basic <([^:]*):(.*)>$/i.exec(headerOf(request, 'authorization') ?? '') ?? []
  if (user !== undefined && secret !== undefined) return { method: 'basic', clientId: user, secret }
  const inBody = parameterOf(request, 'client_secret')
  if (inBody !== null) return { method: 'body', clientId, secret: inBody }
  const isSigned = parameterOf(request, 'client_assertion') !== null
  return { method: isSigned ? 'assertion' : 'none', clientId, secret: null }
}

/** A client authentication method inside a sentence. */
export const methodWords: Record<ClientAuthentication, string> = {
  body: 'the client secret in the body (client_secret_post)',
  basic: 'HTTP Basic (client_secret_basic)',
  'basic-raw': 'HTTP Basic, not form-encoded',
  none: 'no client authentication',
}
