// Differences that two flows have by their nature: what is random, used once, or made anew each time.

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

/** A pseudonym with the name of what it stands for: `<access_token:7c25bd68>`. */
const pseudonym = /<([a-z][a-z0-9_ -]*):[0-9a-f]{4,}>/gi

/** Whether these two values of one fact had to differ. */
export function isExpectedDifference(name: string, one: string, other: string): boolean {
  if (newEachTime.has(name)) return true
  return withoutNews(one) === withoutNews(other)
}

/** Without what is new each time: pseudonyms of tokens and codes, and the port of a loopback address. */
function withoutNews(value: string): string {
  return value
    .replace(pseudonym, (whole, label: string) => (newEachTime.has(label.toLowerCase()) ? `<${label}>` : whole))
    .replace(/(127\.0\.0\.1|\[::1\]|localhost):\d{1,5}/g, '$1')
}
