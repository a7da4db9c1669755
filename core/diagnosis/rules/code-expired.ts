// The code was used too late.
import type { FlowEvent } from '../../../contract/flow/event.ts'
import { durationText } from '../../../contract/flow/trouble-words.ts'
import { reconnect } from '../rule/actions.ts'
import { waitedFor } from '../rule/answer.ts'
import { type RefusedCode, refusedCode } from '../rule/code.ts'
import { evidence } from '../rule/facts.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

/** Some servers give a code no longer (ms). */
const shortestLife = 30_000
/** How long (ms) a person takes who pastes without delay, signing in included. */
const usualPasting = 5 * 60_000

export const codeExpired: Rule = (events, context) => {
  const refused = refusedCode(events)
  if (refused === null) return null
  const { refusal, exchange } = refused
  if (refusal.detail !== undefined && refusal.detail !== 'code_expired') return null
  const isTold = refusal.detail === 'code_expired' || refusal.reason === 'expired'
  const late = lateness(events, refused)
  if (!isTold && late === null) return null
  return {
    weight: isTold ? 'cause' : 'likely',
    title: late === null ? 'The code had expired.' : `The code was used ${late.words}.`,
    explanation: 'Codes live from 30 seconds to 10 minutes, as the server has it.',
    evidence: [...(late === null ? [] : [evidence(exchange, late.name, late.value)]), ...refusalEvidence(refusal)],
    remedy: 'Connect again, and come back from the browser without delay.',
    actions: reconnect(context),
    specification: rfc(6749, '4.1.2'),
  }
}

function lateness(events: FlowEvent[], { exchange, redirect }: RefusedCode) {
  if (redirect === undefined) return null
  const since = exchange.at - redirect.at
  if (since >= shortestLife) {
    return { name: 'after the redirect', value: `${since} ms`, words: `${durationText(since)} after it came` }
  }
  const isPasted = redirect.via === 'pasted' || redirect.via === 'out_of_band'
  const waited = isPasted ? (waitedFor(events) ?? 0) : 0
  if (waited < usualPasting) return null
  return {
    name: 'until it was pasted',
    value: `${waited} ms`,
    words: `${durationText(waited)} after the browser was opened`,
  }
}
