// The authorization response came without the state that was sent.
import { reconnect } from '../rule/actions.ts'
import { strayInstead } from '../rule/answer.ts'
import { askedIn } from '../rule/authorization.ts'
import { evidence, failedCheck, lastOf, pairOf } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const stateMissing: Rule = (events, context) => {
  const check = failedCheck(events, 'state')
  const sent = askedIn(events)?.parameter('state') ?? null
  const redirect = lastOf(events, 'redirect')
  const isLost =
    redirect?.by !== undefined &&
    sent !== null &&
    pairOf(redirect, 'code') !== null &&
    pairOf(redirect, 'state') === null
  const event =
    check?.reason === 'missing' ? check : (strayInstead(events, 'no_state') ?? (isLost ? redirect : undefined))
  if (event === undefined) return null
  return {
    weight: 'cause',
    title: 'The answer came without state.',
    explanation: 'Without the state that was sent, anybody could have made this answer, so its code is not used.',
    evidence: [
      ...(sent === null ? [] : [evidence(askedIn(events)?.event ?? null, 'state', sent)]),
      evidence(event, 'state', ''),
    ],
    remedy: 'Connect again. If it stays so, the service, or what forwards its answers, drops state: tell its operator.',
    actions: reconnect(context),
    specification: rfc(6749, '10.12'),
  }
}
