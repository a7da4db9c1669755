// The redirect URI that was sent has another port than the registered one.
import {
  listeningPlaceOf,
  proposedRedirectPort,
  type RedirectChoice,
  redirectUriToRegister,
} from '../../../contract/redirect-uri.ts'
import { reconnect } from '../rule/actions.ts'
import { mismatchFinding, redirectUriMismatch } from '../rule/redirect-uris.ts'
import type { Rule } from '../rule/rule.ts'

const fixed: RedirectChoice = { mode: 'fixed', port: proposedRedirectPort }

export const redirectUriPort: Rule = (events, context) => {
  const mismatch = redirectUriMismatch(events, context)
  if (mismatch?.differs !== 'port') return null
  const title = 'The redirect URI has another port than the registered one.'
  if (listeningPlaceOf(mismatch.registered)?.hasPort !== false) {
    return mismatchFinding(mismatch, context, {
      title,
      explanation: 'Many servers compare the port of a redirect URI, on this machine, too.',
      remedy: 'Register it exactly as it is sent, or enter the registered one in the client here.',
    })
  }
  const register = redirectUriToRegister(fixed)
  return mismatchFinding(mismatch, context, {
    title,
    explanation: 'A server should take any port on this machine (RFC 8252 §7.3). This one seems to compare it.',
    remedy: `Register ${register} at the service, then connect again with this fixed port.`,
    actions: reconnect(context, { redirect: fixed }),
    register,
  })
}
