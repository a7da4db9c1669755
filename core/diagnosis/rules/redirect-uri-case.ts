// The redirect URI that was sent and the registered one differ in the case of letters.
import { mismatchFinding, redirectUriMismatch } from '../rule/redirect-uris.ts'
import type { Rule } from '../rule/rule.ts'

export const redirectUriCase: Rule = (events, context) => {
  const mismatch = redirectUriMismatch(events, context)
  if (mismatch?.differs !== 'case') return null
  return mismatchFinding(mismatch, context, {
    title: 'The redirect URI is spelled with other capitals than the registered one.',
    explanation: 'Servers compare redirect URIs as texts, and a path has small and capital letters.',
    remedy: 'Register it exactly as it is sent, or enter the registered one in the client here.',
  })
}
