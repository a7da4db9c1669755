// The server does not show codes: it refused the redirect URI that asks for that.
import { outOfBandRedirectUri, redirectUriToRegister } from '../../../contract/redirect-uri.ts'
import { reconnect } from '../rule/actions.ts'
import { mismatchFinding, proposedRedirect, redirectUriMismatch } from '../rule/redirect-uris.ts'
import type { Rule } from '../rule/rule.ts'

export const redirectUriOutOfBand: Rule = (events, context) => {
  const mismatch = redirectUriMismatch(events, context)
  if (!mismatch?.refusal || mismatch.sent !== outOfBandRedirectUri) return null
  const redirect = proposedRedirect(context)
  const register = redirectUriToRegister(redirect)
  return mismatchFinding(mismatch, context, {
    title: 'The server does not show codes (out of band).',
    explanation: `${outOfBandRedirectUri} is no address but a sign to show the code, which many servers no longer take.`,
    remedy: `Register ${register} at the service instead, then connect again with it.`,
    actions: reconnect(context, { redirect }),
    register,
  })
}
