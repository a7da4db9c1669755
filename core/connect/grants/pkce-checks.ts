// Records a flow's PKCE check: when the request is made, and when the server refuses it.
// @see https://www.rfc-editor.org/rfc/rfc7636
import type { Pkce } from '../../../contract/service.ts'
import type { CheckFacts, Recording } from '../../flows/recording.ts'
import { Problem } from '../../problem.ts'

/** `method` is the request's; the person may have turned PKCE off. */
export function checkPkce({ check }: Pick<Recording, 'check'>, method: Pkce): void {
  const found = method === 'off' ? null : method
  check({ which: 'pkce', expected: 'S256', found, ...outcomes[method] })
}

const outcomes: Record<Pkce, Pick<CheckFacts, 'result' | 'reason'>> = {
  S256: { result: 'passed' },
  plain: { result: 'unconfirmed', reason: 'plain_method' },
  off: { result: 'unconfirmed', reason: 'switched_off' },
}

/** Rethrows errors; records a refusal that is about PKCE as a failed check. */
export function tellingRefusedPkce({ check }: Pick<Recording, 'check'>, method: Pkce) {
  return (error: unknown): never => {
    if (error instanceof Problem && error.failure.kind === 'refused' && error.failure.tryPkce !== undefined) {
      check({ which: 'pkce', found: method, result: 'failed', reason: 'refused_by_server' })
    }
    throw error
  }
}
