// This machine's clock and the server's differ.
import { durationText } from '../../../contract/flow/trouble-words.ts'
import { repeat } from '../rule/actions.ts'
import { clockSkew as skewIn } from '../rule/clock.ts'
import { evidence } from '../rule/facts.ts'
import { failedFirst } from '../rule/id-token.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const clockSkew: Rule = (events, context) => {
  const skew = skewIn(events)
  if (skew === null) return null
  const { event, date, ahead } = skew
  const explains = ahead > 0 ? failedFirst(events, 'id_token_expiry') : failedFirst(events, 'id_token_not_before')
  return {
    weight: explains && context.flow.outcome !== 'succeeded' ? 'cause' : 'odd',
    title: `This machine’s clock is ${durationText(Math.abs(ahead))} ${ahead > 0 ? 'ahead of' : 'behind'} the server’s.`,
    explanation:
      ahead > 0
        ? 'Tokens seem to end earlier here than they do there.'
        : 'Tokens seem to live longer here than they do there, and new ones not to be valid yet.',
    evidence: [
      evidence(event, 'date', date),
      evidence(event, 'our clock', new Date(event.at).toISOString()),
      ...(explains ? [evidence(explains, 'seconds', String(explains.found ?? ''))] : []),
    ],
    remedy: 'Set this machine’s clock by the network (NTP).',
    actions: explains ? repeat(context) : [],
    specification: rfc(9110, '6.6.1'),
  }
}
