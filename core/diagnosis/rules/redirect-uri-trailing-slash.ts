// The redirect URI that was sent and the registered one differ by a slash at the end.
import { mismatchFinding, redirectUriMismatch } from '../rule/redirect-uris.ts'
import type { Rule } from '../rule/rule.ts'

export const redirectUriTrailingSlash: Rule = (events, context) => {
  const mismatch = redirectUriMismatch(events, context)
  if (mismatch?.differs !== 'trailing_slash') return null
  return mismatchFinding(mismatch, context, {
    title: 'The redirect URI differs from the registered one by a slash at its end.',
    explanation: 'Servers compare redirect URIs as texts, to the last slash.',
    remedy: 'Register it exactly as it is sent, or enter the registered one in the client here.',
  })
}
