// What answers does not speak HTTP.
import { editService } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { unanswered } from '../rule/network.ts'
import type { Rule } from '../rule/rule.ts'

export const answerNotHttp: Rule = (events, context) => {
  const found = unanswered(events, 'not_http')
  if (found === undefined) return null
  const { event, failure } = found
  return {
    weight: 'cause',
    title: `What answers at ${failure.host} does not speak HTTP.`,
    explanation: 'Another kind of server listens at this port, or one that wants https.',
    evidence: [evidence(event, 'url', event.request.url)],
    remedy: 'Check the port of the address, and whether it begins with http or https.',
    actions: editService(context),
    specification: null,
  }
}
