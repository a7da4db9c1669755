// A state that came back and is not the one that was sent. States are compared by their pseudonyms.
import type { FlowEvent } from '../../../contract/flow/event.ts'
import type { Flow } from '../../../contract/flow/flow.ts'
import { strayInstead, strayParameter } from './answer.ts'
import { askedIn } from './authorization.ts'
import { failedCheck, lastOf, pairOf } from './facts.ts'
import type { DiagnosisContext } from './rule.ts'

export interface OtherState {
  event: FlowEvent
  state: string
}

/** `null` where no state came, or the right one. */
export function otherState(events: FlowEvent[]): OtherState | null {
  const check = failedCheck(events, 'state')
  if (check?.reason === 'different' && typeof check.found === 'string') return { event: check, state: check.found }
  const stray = strayInstead(events, 'state')
  if (stray) return { event: stray, state: strayParameter(stray, 'state') ?? '' }
  const redirect = lastOf(events, 'redirect')
  const sent = askedIn(events)?.parameter('state') ?? null
  const came = redirect ? pairOf(redirect, 'state') : null
  return redirect && sent !== null && came !== null && came !== sent ? { event: redirect, state: came } : null
}

/** The earlier flow that sent this state. */
export function attemptOf(state: string, { earlier }: Pick<DiagnosisContext, 'earlier'>): Flow | null {
  if (state === '') return null
  return earlier.find(({ events }) => askedIn(events)?.parameter('state') === state) ?? null
}
