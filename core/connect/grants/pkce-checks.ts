// Records what the servers made of an attempt's PKCE, and the person's choice of another method than the service's.
// @see https://www.rfc-editor.org/rfc/rfc7636
import type { Pkce } from '../../../contract/service.ts'
import type { CheckFacts, Recording } from '../../flows/recording.ts'
import { Problem } from '../../problem.ts'
import type { AttemptContext } from './attempt-context.ts'

/** Records that the person's client uses another method than the service is described with. */
export function recordChosenPkce({ recording, service }: Pick<AttemptContext, 'recording' | 'service'>, method: Pkce) {
  if (method === service.pkce) return
  recording.add({ kind: 'decision', decision: { question: 'pkce', choice: method, described: service.pkce } })
}

/** Rethrows a refusal by the authorization endpoint; records one that is about PKCE as a failed check. */
export function recordRefusedPkce({ check }: Pick<Recording, 'check'>, method: Pkce) {
  return (error: unknown): never => {
    if (isAboutPkce(error)) check(refusedBy(method))
    throw error
  }
}

/** Awaits the exchange of the code, and records what the token endpoint made of the code verifier. */
export async function recordPkceOutcome<T>(
  { check }: Pick<Recording, 'check'>,
  method: Pkce,
  exchange: Promise<T>,
): Promise<T> {
  try {
    const tokens = await exchange
    check({ which: 'pkce', found: method, ...accepted[method] })
    return tokens
  } catch (error) {
    if (isAboutPkce(error)) check(refusedBy(method))
    else if (refusalIn(error) !== null && method !== 'off') {
      check({ which: 'pkce', found: method, result: 'unconfirmed', reason: 'sent' })
    }
    throw error
  }
}

const accepted: Record<Pkce, Pick<CheckFacts, 'result' | 'reason'>> = {
  S256: { result: 'passed', reason: 'accepted' },
  plain: { result: 'passed', reason: 'plain_method' },
  off: { result: 'unconfirmed', reason: 'switched_off' },
}

function refusedBy(method: Pkce): CheckFacts {
  return { which: 'pkce', found: method, result: 'failed', reason: 'refused_by_server' }
}

function refusalIn(error: unknown) {
  return error instanceof Problem && error.failure.kind === 'refused' ? error.failure : null
}

function isAboutPkce(error: unknown): boolean {
  return refusalIn(error)?.tryPkce !== undefined
}
