// Nothing came back from the browser, and nothing here shows why.
import { reconnect } from '../rule/actions.ts'
import { waitedFor } from '../rule/answer.ts'
import { askedIn } from '../rule/authorization.ts'
import { evidence, lastOf } from '../rule/facts.ts'
import { neverCameBack } from '../rule/redirect-uris.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

/** Who cancels sooner (ms) knows why. */
const soon = 20_000

export const browserNeverReturned: Rule = (events, context) => {
  const asked = askedIn(events)
  const request = lastOf(events, 'authorization_request')
  if (!asked?.redirectUri || !request || !neverCameBack(events)) return null
  if (context.flow.outcome === 'cancelled' && (waitedFor(events) ?? soon) < soon) return null
  return {
    weight: 'likely',
    title: 'The browser never came back.',
    explanation:
      'Either nobody consented there, or the server showed an error on a page of its own, as for a redirect URI or a client id that it does not know.',
    evidence: [
      evidence(request, 'endpoint', request.endpoint),
      evidence(asked.event, 'redirect_uri', asked.redirectUri),
    ],
    remedy:
      'Look at the page that the browser shows. It has to be a browser on this machine, whatever its window or profile.',
    actions: reconnect(context),
    specification: rfc(6749, '4.1.2.1'),
  }
}
