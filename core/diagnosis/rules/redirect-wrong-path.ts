// The answer came to another path of the listener than the redirect URI's.
import { copyRedirectUri, editClient, openRegistration } from '../rule/actions.ts'
import { looksLikeAnswer, strayInstead, strayPath } from '../rule/answer.ts'
import { askedIn } from '../rule/authorization.ts'
import { difference, evidence } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const redirectWrongPath: Rule = (events, context) => {
  const stray = strayInstead(events, 'path')
  const sent = askedIn(events)?.redirectUri
  if (!stray || !sent || !looksLikeAnswer(stray)) return null
  const path = strayPath(stray)
  const expected = URL.parse(sent)?.pathname ?? sent
  const parts = difference(expected, path)
  return {
    weight: 'cause',
    title: 'The answer came to another path than that of the redirect URI.',
    explanation: 'The service uses what is registered there, not what was sent.',
    evidence: [
      evidence(askedIn(events)?.event ?? null, 'path of redirect_uri', expected, parts.one),
      evidence(stray, 'path', path, parts.other),
    ],
    remedy: 'Register exactly the redirect URI that is sent, or enter the registered one in the client here.',
    actions: [copyRedirectUri(sent), ...openRegistration(context), ...editClient(context)],
    specification: rfc(6749, '3.1.2.3'),
  }
}
