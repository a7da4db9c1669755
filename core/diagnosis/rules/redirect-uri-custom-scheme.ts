// The server refused a redirect URI of an app's own scheme.
import { redirectKindOf, redirectUriToRegister } from '../../../contract/redirect-uri.ts'
import { reconnect } from '../rule/actions.ts'
import { mismatchFinding, proposedRedirect, redirectUriMismatch } from '../rule/redirect-uris.ts'
import type { Rule } from '../rule/rule.ts'

export const redirectUriCustomScheme: Rule = (events, context) => {
  const mismatch = redirectUriMismatch(events, context)
  if (!mismatch?.refusal || redirectKindOf(mismatch.sent) !== 'app') return null
  const redirect = proposedRedirect(context)
  const register = redirectUriToRegister(redirect)
  return mismatchFinding(mismatch, context, {
    title: 'The server refused a redirect URI of an app’s own scheme.',
    explanation: 'Many servers take https alone, and http on this machine.',
    remedy: `Register exactly this redirect URI if the service allows it. Otherwise register ${register} and connect with that.`,
    actions: reconnect(context, { redirect }),
    register,
  })
}
