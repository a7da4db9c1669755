// localhost and 127.0.0.1 are two redirect URIs to a server that compares texts.
import { hostOf } from '../rule/facts.ts'
import { mismatchFinding, redirectUriMismatch } from '../rule/redirect-uris.ts'
import type { Rule } from '../rule/rule.ts'

export const redirectUriLoopbackName: Rule = (events, context) => {
  const mismatch = redirectUriMismatch(events, context)
  if (mismatch?.differs !== 'loopback_name') return null
  return mismatchFinding(mismatch, context, {
    title: `${hostOf(mismatch.sent)} was sent, and ${hostOf(mismatch.registered)} is registered.`,
    explanation: 'Both are this machine, but servers compare redirect URIs as texts.',
    remedy: 'Register the redirect URI exactly as it is sent, or enter the registered one in the client here.',
  })
}
