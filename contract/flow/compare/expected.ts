// Differences that two flows have by their nature: what is random, used once, or made anew each time.
import { pseudonymPattern } from '../pseudonym.ts'

/** Parameters that are new in every flow. */
const newEachTime = new Set([
  ...[
    'state',
    'nonce',
    'code',
    'code_challenge',
    'code_verifier',
    'request_uri',
    'session_state',
    'device_code',
    'user_code',
  ],
  ...['access_token', 'refresh_token', 'id_token', 'token', 'id_token_hint'],
])

/** Whether these two values of one fact had to differ. */
export function isExpectedDifference(name: string, one: string, other: string): boolean {
  if (newEachTime.has(name)) return true
  return withoutNews(one) === withoutNews(other)
}

/** Without what is new each time: pseudonyms of tokens and codes, and the port of a loopback address. */
function withoutNews(value: string): string {
  return value
    .replace(pseudonymPattern, (whole, label: string) => (newEachTime.has(label.toLowerCase()) ? `<${label}>` : whole))
    .replace(/(127\.0\.0\.1|\[::1\]|localhost):\d{1,5}/g, '$1')
}
