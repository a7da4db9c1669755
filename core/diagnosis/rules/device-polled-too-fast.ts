// The server was asked too often whether the person has decided.
import { reconnect } from '../rule/actions.ts'
import { answered, evidence, exchangesFor } from '../rule/facts.ts'
import { refusalEvidence, refusalIn } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

/** Where the server names none (s). @see RFC 8628 §3.2 */
const usualInterval = 5

export const devicePolledTooFast: Rule = (events, context) => {
  const refusal = refusalIn(events)
  const isRefused = refusal?.reason === 'slow_down'
  const given = exchangesFor(events, 'device_authorization').at(-1)
  const named = given?.response ? answered(given.response, 'interval') : null
  const polls = exchangesFor(events, 'token_request').filter(
    ({ purpose }) => purpose.kind === 'token_request' && purpose.grantType === 'device_code',
  )
  const hasty = polls.find((poll, at) => {
    const next = polls[at + 1]
    return next !== undefined && next.at - poll.at < Number(named ?? usualInterval) * 1000
  })
  const slowed = polls.find(({ finding }) => finding === 'slow_down')
  if (!isRefused && (hasty === undefined || slowed === undefined)) return null
  return {
    weight: isRefused ? 'cause' : 'odd',
    title: 'The token endpoint was asked too often.',
    explanation: 'With slow_down the pause between two requests has to grow by five seconds, for good.',
    evidence: [
      ...(given && named !== null ? [evidence(given, 'interval', named)] : []),
      ...(isRefused ? refusalEvidence(refusal) : slowed ? [evidence(slowed, 'error', 'slow_down')] : []),
    ],
    remedy: 'Wait a minute, then connect again.',
    actions: reconnect(context),
    specification: rfc(8628, '3.5'),
  }
}
