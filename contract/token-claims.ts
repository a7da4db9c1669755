// What the registered claims and header parameters of a JWT mean, each in a line, with the section that says so. Pure.
// @see https://www.iana.org/assignments/jwt/jwt.xhtml

export interface ClaimMeaning {
  meaning: string
  section: string
}

const claims: Record<string, [meaning: string, section: string]> = {
  iss: ['Who issued the token.', 'RFC 7519 §4.1.1'],
  sub: ['Whom the token is about: the account, or the client itself.', 'RFC 7519 §4.1.2'],
  aud: ['Whom it is meant for. Others have to refuse it.', 'RFC 7519 §4.1.3'],
  exp: ['From then on nobody may accept it.', 'RFC 7519 §4.1.4'],
  nbf: ['Before then nobody may accept it.', 'RFC 7519 §4.1.5'],
  iat: ['When it was issued.', 'RFC 7519 §4.1.6'],
  jti: ['The token’s own id, which no other token has.', 'RFC 7519 §4.1.7'],
  azp: ['The client that it was issued to.', 'OpenID Connect Core §2'],
  nonce: ['Repeats the nonce of the authorization request, so that an old token is noticed.', 'OpenID Connect Core §2'],
  auth_time: ['When the account last signed in.', 'OpenID Connect Core §2'],
  acr: ['How strong the sign-in was, as a class that the issuer defines.', 'OpenID Connect Core §2'],
  amr: ['How the account signed in, such as pwd, otp or mfa.', 'OpenID Connect Core §2'],
  at_hash: ['Half of the access token’s hash: ties the two tokens together.', 'OpenID Connect Core §3.1.3.6'],
  c_hash: ['Half of the authorization code’s hash.', 'OpenID Connect Core §3.3.2.11'],
  sid: ['The session at the issuer that it belongs to.', 'OpenID Connect Front-Channel Logout §3'],
  scope: ['What it allows, separated by blanks.', 'RFC 9068 §2.2.3'],
  client_id: ['The client that asked for it.', 'RFC 9068 §2.2'],
  roles: ['The account’s roles.', 'RFC 9068 §2.2.3.1'],
  groups: ['The groups that the account belongs to.', 'RFC 9068 §2.2.3.1'],
  entitlements: ['What the account is entitled to.', 'RFC 9068 §2.2.3.1'],
  cnf: ['The key that its holder has to prove: without that key it is of no use.', 'RFC 7800 §3.1'],
  act: ['Who acts for the subject.', 'RFC 8693 §4.1'],
  may_act: ['Who may become the one that acts for the subject.', 'RFC 8693 §4.4'],
  authorization_details: ['What it allows, in detail.', 'RFC 9396 §9.1'],
  name: ['The account’s full name.', 'OpenID Connect Core §5.1'],
  given_name: ['The account’s given name.', 'OpenID Connect Core §5.1'],
  family_name: ['The account’s family name.', 'OpenID Connect Core §5.1'],
  preferred_username: ['The name the account likes to be called by; it may change.', 'OpenID Connect Core §5.1'],
  email: ['The account’s email address; it may change.', 'OpenID Connect Core §5.1'],
  email_verified: ['Whether the issuer has verified the email address.', 'OpenID Connect Core §5.1'],
  picture: ['Where the account’s picture is.', 'OpenID Connect Core §5.1'],
  locale: ['The account’s language.', 'OpenID Connect Core §5.1'],
  zoneinfo: ['The account’s time zone.', 'OpenID Connect Core §5.1'],
  updated_at: ['When the account’s details last changed.', 'OpenID Connect Core §5.1'],
}

const headerParameters: Record<string, [meaning: string, section: string]> = {
  alg: ['How the token is signed.', 'RFC 7515 §4.1.1'],
  jku: ['Where the token says that its keys are. Never fetched.', 'RFC 7515 §4.1.2'],
  jwk: ['The key that the token brings along. Never trusted.', 'RFC 7515 §4.1.3'],
  kid: ['Which of the issuer’s keys signed it.', 'RFC 7515 §4.1.4'],
  x5u: ['Where the token says that its certificate is. Never fetched.', 'RFC 7515 §4.1.5'],
  x5c: ['The certificate that the token brings along. Never trusted.', 'RFC 7515 §4.1.6'],
  x5t: ['The SHA-1 thumbprint of the certificate that signed it.', 'RFC 7515 §4.1.7'],
  'x5t#S256': ['The SHA-256 thumbprint of the certificate that signed it.', 'RFC 7515 §4.1.8'],
  typ: ['What kind of token it is; at+jwt is an access token.', 'RFC 7515 §4.1.9'],
  cty: ['What is inside; JWT where tokens are nested.', 'RFC 7515 §4.1.10'],
  crit: ['Parameters that a reader has to understand.', 'RFC 7515 §4.1.11'],
}

function meaningIn(table: typeof claims, name: string): ClaimMeaning | null {
  // A token may name a claim after something that every object has.
  const found = Object.hasOwn(table, name) ? table[name] : undefined
  return found ? { meaning: found[0], section: found[1] } : null
}

/** `null` for a claim of the issuer's own. */
export function claimMeaning(name: string): ClaimMeaning | null {
  return meaningIn(claims, name)
}

/** The same of a header parameter. */
export function headerMeaning(name: string): ClaimMeaning | null {
  return meaningIn(headerParameters, name)
}

const timeClaims = new Set(['exp', 'nbf', 'iat', 'auth_time', 'updated_at'])

/** A number of seconds from here on would be the year 5138: it is in milliseconds. */
const fromHereMilliseconds = 100_000_000_000

/** The latest time that JavaScript can tell (ms). */
const latestTime = 8_640_000_000_000_000

/** A claim's time (ms), and how it is written where that is not as the RFC wants it. */
export type ClaimTime =
  | { at: number; written: 'in_seconds' | 'in_milliseconds' | 'as_text' }
  | { at: null; written: 'as_no_time' }

/** `null` for a claim that is no time. @see https://www.rfc-editor.org/rfc/rfc7519#section-2 (NumericDate) */
export function claimTime(name: string, value: unknown): ClaimTime | null {
  if (!timeClaims.has(name)) return null
  const isText = typeof value === 'string' && /^\d{1,16}$/.test(value)
  const number = isText ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) return { at: null, written: 'as_no_time' }
  const inMilliseconds = Math.abs(number) >= fromHereMilliseconds
  const at = inMilliseconds ? number : number * 1000
  if (Math.abs(at) > latestTime) return { at: null, written: 'as_no_time' }
  return { at, written: isText ? 'as_text' : inMilliseconds ? 'in_milliseconds' : 'in_seconds' }
}

/** Longer values are read in the JSON. */
const longestValue = 300

/** A claim's value in a line, cut where it is long. */
export function claimValueWords(value: unknown): string {
  const isPlain = (one: unknown) => one === null || typeof one !== 'object'
  const words = isPlain(value)
    ? String(value)
    : Array.isArray(value) && value.length > 0 && value.every(isPlain)
      ? value.slice(0, longestValue).join(', ')
      : JSON.stringify(value)
  return words.length > longestValue ? `${words.slice(0, longestValue)}…` : words
}
