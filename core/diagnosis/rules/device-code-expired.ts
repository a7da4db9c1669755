// The user code ended before it was entered.
import { reconnect } from '../rule/actions.ts'
import { answered, evidence, exchangesFor } from '../rule/facts.ts'
import { refusalIn } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const deviceCodeExpired: Rule = (events, context) => {
  const wait = events.findLast((event) => event.kind === 'wait' && event.for === 'device')
  const refusal = refusalIn(events)
  const { purpose } = refusal ?? {}
  const isRefused =
    purpose?.kind === 'token_request' && purpose.grantType === 'device_code' && refusal?.reason === 'expired'
  const isOver = wait?.kind === 'wait' && wait.ended === 'timed_out'
  if (!isRefused && !isOver) return null
  const given = exchangesFor(events, 'device_authorization').at(-1)
  const lifetime = given?.response ? answered(given.response, 'expires_in') : null
  return {
    weight: 'cause',
    title: 'The user code ended before it was entered.',
    explanation: 'The server gives it a short life, so that nobody can guess it.',
    evidence: [
      ...(given && lifetime !== null ? [evidence(given, 'expires_in', lifetime)] : []),
      ...(isRefused && refusal ? [evidence(refusal.event, 'error', refusal.words.error ?? '')] : []),
    ],
    remedy: 'Connect again for a new one, and enter it without delay.',
    actions: reconnect(context),
    specification: rfc(8628, '3.5'),
  }
}
