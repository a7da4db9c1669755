// The answer came to the listener under another host name than the redirect URI's.
import { copyRedirectUri, openRegistration, reconnect } from '../rule/actions.ts'
import { looksLikeAnswer, strayInstead } from '../rule/answer.ts'
import { askedIn } from '../rule/authorization.ts'
import { evidence, headerOf } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const redirectWrongHost: Rule = (events, context) => {
  const stray = strayInstead(events, 'host')
  const sent = askedIn(events)?.redirectUri
  if (!stray?.request || !sent || !looksLikeAnswer(stray)) return null
  return {
    weight: 'cause',
    title: 'The answer came to another host name than that of the redirect URI.',
    explanation: 'localhost and 127.0.0.1 are two addresses to a browser; only the one that was sent is answered.',
    evidence: [
      evidence(askedIn(events)?.event ?? null, 'redirect_uri', sent),
      evidence(stray, 'Host', headerOf(stray.request, 'host') ?? ''),
    ],
    remedy: 'Register the redirect URI with exactly this host name, and no forwarding in between, then connect again.',
    actions: [copyRedirectUri(sent), ...openRegistration(context), ...reconnect(context)],
    specification: rfc(8252, '7.3'),
  }
}
