// The code was used before: a code works once.
import type { FlowEvent } from '../../../contract/flow/event.ts'
import { reconnect } from '../rule/actions.ts'
import { refusedCode } from '../rule/code.ts'
import { evidence, exchangesFor, parameterOf } from '../rule/facts.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const codeUsed: Rule = (events, context) => {
  const refused = refusedCode(events)
  if (refused === null) return null
  const { refusal, exchange, code } = refused
  const withCode = (all: FlowEvent[]) =>
    exchangesFor(all, 'token_request').find((one) => one !== exchange && parameterOf(one.request, 'code') === code)
  const here = code === null ? undefined : withCode(events)
  const before = code === null ? undefined : context.earlier.find((flow) => withCode(flow.events))
  if (!here && !before && refusal.detail !== 'code_used') return null
  return {
    weight: 'cause',
    title: 'The code was used already.',
    explanation: here
      ? 'It was sent twice. A code works once, even if the first answer got lost on the way.'
      : 'A code works once. Many servers also end the tokens that the first use gave.',
    evidence: [
      ...(here ? [evidence(here, 'code', code ?? '')] : []),
      ...(before ? [evidence(null, 'sent at', new Date(before.startedAt).toISOString())] : []),
      ...(code === null ? [] : [evidence(exchange, 'code', code)]),
      ...refusalEvidence(refusal),
    ],
    remedy: 'Connect again for a new code.',
    actions: reconnect(context),
    specification: rfc(6749, '4.1.2'),
  }
}
