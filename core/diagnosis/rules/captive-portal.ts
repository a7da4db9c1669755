// A network that wants its own sign-in first answers in the server's place. @see RFC 6585 §6
import { repeat } from '../rule/actions.ts'
import { answerEvidence, evidence, headerOf, hostOf } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

const networkSignIn = 511

export const captivePortal: Rule = (events, context) => {
  const event = events.findLast((one) => one.kind === 'exchange')
  if (event?.kind !== 'exchange' || event.outcome !== 'failed' || !event.response) return null
  const location = headerOf(event.response, 'location')
  if (event.response.status !== networkSignIn && !isPlainElsewhere(event.request.url, location)) return null
  return {
    weight: event.response.status === networkSignIn ? 'cause' : 'likely',
    title: 'The network wants you to sign in first.',
    explanation: `A captive portal answered in the place of ${hostOf(event.request.url)}.`,
    evidence: [
      evidence(event, 'url', event.request.url),
      ...answerEvidence(event),
      ...(location === null ? [] : [evidence(event, 'location', location)]),
    ],
    remedy: 'Open any web page in a browser and sign in to the network there, then try again.',
    actions: repeat(context),
    specification: rfc(6585, '6'),
  }
}

/** Whether a request is sent on to another host, without encryption: no authorization server does that. */
function isPlainElsewhere(from: string, location: string | null): boolean {
  const target = URL.parse(location ?? '')
  const asked = URL.parse(from)
  if (target === null || asked === null || target.hostname === asked.hostname) return false
  return target.protocol === 'http:' && !/^(?:localhost|127\.|\[::1\])/.test(target.hostname)
}
