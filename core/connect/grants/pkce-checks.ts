// How the code is bound to the attempt, told of as a check: where the request is made, and where the server refuses it.
// @see https://www.rfc-editor.org/rfc/rfc7636
import type { Pkce } from '../../../contract/service.ts'
import type { CheckFacts, Recording } from '../../flows/recording.ts'
import { Problem } from '../../problem.ts'

/** `method` is what the request says; the person may have switched it off. */
export function checkPkce({ check }: Pick<Recording, 'check'>, method: Pkce): void {
  const found = method === 'off' ? null : method
  check({ which: 'pkce', expected: 'S256', found, ...outcomes[method] })
}

const outcomes: Record<Pkce, Pick<CheckFacts, 'result' | 'reason'>> = {
  S256: { result: 'passed' },
  plain: { result: 'unconfirmed', reason: 'plain_method' },
  off: { result: 'skipped', reason: 'switched_off' },
}

/** Throws on; a refusal whose words are about PKCE is told of as such. */
export function tellingRefusedPkce({ check }: Pick<Recording, 'check'>, method: Pkce) {
  return (error: unknown): never => {
    if (error instanceof Problem && error.failure.kind === 'refused' && error.failure.tryPkce !== undefined) {
      check({ which: 'pkce', found: method, result: 'failed', reason: 'refused_by_server' })
    }
    throw error
  }
}
