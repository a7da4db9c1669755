// The redirect URI that was sent and the registered one have different queries.
import { mismatchFinding, redirectUriMismatch } from '../rule/redirect-uris.ts'
import type { Rule } from '../rule/rule.ts'

export const redirectUriQuery: Rule = (events, context) => {
  const mismatch = redirectUriMismatch(events, context)
  if (mismatch?.differs !== 'query') return null
  return mismatchFinding(mismatch, context, {
    title: 'The query of the redirect URI is not the registered one.',
    explanation:
      'A query belongs to the redirect URI, so it has to be registered with it. What an attempt has to remember belongs in state.',
    remedy: 'Register it exactly as it is sent, or leave the query out of the redirect URI.',
  })
}
