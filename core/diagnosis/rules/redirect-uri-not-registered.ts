// The server refused the redirect URI, which is the one that is registered as far as anybody knows here.
import { redirectKindOf } from '../../../contract/redirect-uri.ts'
import { mismatchFinding, redirectUriMismatch } from '../rule/redirect-uris.ts'
import type { Rule } from '../rule/rule.ts'

export const redirectUriNotRegistered: Rule = (events, context) => {
  const mismatch = redirectUriMismatch(events, context)
  if (!mismatch?.refusal || (mismatch.differs !== 'none' && mismatch.differs !== 'other')) return null
  const kind = redirectKindOf(mismatch.sent)
  if (kind === 'app' || kind === 'shown') return null
  return mismatchFinding(mismatch, context, {
    title: 'The redirect URI is not registered for this client.',
    explanation: 'The service takes only redirect URIs that are registered with the client, to the letter.',
    remedy: 'Register exactly this redirect URI at the service, then connect again.',
  })
}
