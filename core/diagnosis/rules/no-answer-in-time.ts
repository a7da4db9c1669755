// Nothing came: neither a refusal nor an answer.
import { openProxySettings, repeat } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { unanswered, withoutItsProxy } from '../rule/network.ts'
import type { Rule } from '../rule/rule.ts'

export const noAnswerInTime: Rule = (events, context) => {
  const found = unanswered(events, 'timed_out')
  if (found === undefined || withoutItsProxy(events, context)) return null
  const { event, failure } = found
  // Its head had arrived.
  const hadBegun = event.response !== null || event.timing.waiting !== null
  const seconds = failure.afterMs === null ? null : Math.max(1, Math.round(failure.afterMs / 1_000))
  return {
    weight: 'cause',
    title: hadBegun
      ? `The answer of ${failure.host} stopped in the middle.`
      : `${failure.host} did not answer${seconds === null ? '' : ` within ${seconds} s`}.`,
    explanation: hadBegun
      ? 'The server began to answer, and then sent nothing more.'
      : 'The server is slow, or something on the way drops the connection, as firewalls do where a proxy is meant to be used.',
    evidence: [
      evidence(event, 'url', event.request.url),
      ...(failure.afterMs === null ? [] : [evidence(event, 'waited', `${failure.afterMs} ms`)]),
    ],
    remedy: 'Try again later. If other machines of this network reach it, find out which proxy they use.',
    actions: [...repeat(context), ...openProxySettings(context)],
    specification: null,
  }
}
