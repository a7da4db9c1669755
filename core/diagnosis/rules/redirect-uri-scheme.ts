// The redirect URI that was sent has another scheme, http or https, than the registered one.
import { mismatchFinding, redirectUriMismatch } from '../rule/redirect-uris.ts'
import type { Rule } from '../rule/rule.ts'

export const redirectUriScheme: Rule = (events, context) => {
  const mismatch = redirectUriMismatch(events, context)
  if (mismatch?.differs !== 'scheme') return null
  return mismatchFinding(mismatch, context, {
    title: `${schemeOf(mismatch.sent)} was sent, and ${schemeOf(mismatch.registered)} is registered.`,
    explanation: 'http and https are two redirect URIs. On this machine it is http: nobody holds a certificate for it.',
    remedy: 'Register the redirect URI exactly as it is sent, or enter the registered one in the client here.',
  })
}

function schemeOf(uri: string): string {
  return URL.parse(uri)?.protocol.slice(0, -1) ?? uri
}
