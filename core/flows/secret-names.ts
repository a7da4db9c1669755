// Which names of headers, parameters and JSON members indicate a secret.

/** Where a text comes from, which decides whether `code` and `state` are credentials or ordinary words. */
export type Context = 'authorization' | 'api'
export type Direction = 'request' | 'response'

const strongEndings =
  /(?:token|secret|password|passwd|passwort|passphrase|passcode|pwd|assertion|apikey|secretkey|privatekey|accesskey|signingkey|codeverifier|devicecode|backupcodes?)$/
/** Whole names: as endings they would be those of ordinary words, such as `compass`. */
const strongNames = new Set([
  ...['pass', 'jpass', 'pin', 'otp', 'totp', 'otpcode', 'totpcode', 'mfacode'],
  ...['jwt', 'session', 'sessionid', 'sig', 'xamzsignature'],
])
const weakNames = new Set(['code', 'state', 'nonce', 'sessionstate', 'usercode'])
const keyLikeHeader = /(?:^|-)(?:api-?key|key|token|secret|password|session)$/
const credentialHeaders = new Set([
  ...['authorization', 'proxy-authorization', 'cookie', 'set-cookie'],
  ...['x-auth', 'x-authorization', 'session-id', 'x-session-id'],
])

/**
 * How certain it is that a parameter or member of this name is a secret. `weak` names are credentials in an authorization
 * response, but ordinary words at an API (`?state=open`, `{"code":"not_found"}`).
 */
export function secrecyOf(name: string): 'strong' | 'weak' | null {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '')
  if (strongNames.has(plain) || strongEndings.test(plain)) return 'strong'
  return weakNames.has(plain) ? 'weak' : null
}

/** Whether a value of this name, in this place, is a credential. */
export function isSecretMember(name: string, value: string, context: Context, direction: Direction): boolean {
  if (/^(?:|null|undefined|true|false|none)$/i.test(value)) return false
  const secrecy = secrecyOf(name)
  if (secrecy !== 'weak') return secrecy === 'strong'
  if (context === 'api') return false
  return direction === 'request' || looksRandom(value)
}

/** Error codes such as `unsupported_grant_type` are also named `code`; credentials are long and of mixed characters. */
export function looksRandom(value: string): boolean {
  return value.length >= 16 && /^[\x21-\x7e]+$/.test(value) && /[0-9A-Z]/.test(value)
}

export function isSecretHeader(name: string): boolean {
  const lower = name.toLowerCase()
  return credentialHeaders.has(lower) || keyLikeHeader.test(lower)
}

/** The label in `<label:pseudonym>`: the parameter's own name without special characters. */
export function labelOf(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .slice(0, 40) || 'secret'
  )
}
