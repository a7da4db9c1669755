// Which names promise a secret: headers, parameters and JSON members. Names only; what is done about them is elsewhere.

/** Where a text comes from: it decides whether `code` and `state` are credentials or ordinary words. */
export type Context = 'authorization' | 'api'
export type Direction = 'request' | 'response'

const strongEndings =
  /(?:token|secret|password|passwd|passphrase|assertion|apikey|secretkey|privatekey|accesskey|codeverifier|devicecode)$/
const weakNames = new Set(['code', 'state', 'nonce', 'sessionstate', 'usercode'])
const keyLikeHeader = /(?:^|-)(?:api-?key|key|token|secret|password|session)$/
const credentialHeaders = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie'])

/**
 * How surely a parameter or member of this name is a secret. The `weak` ones are credentials of an authorization
 * response, and at an API ordinary words (`?state=open`, `{"code":"not_found"}`).
 */
export function secrecyOf(name: string): 'strong' | 'weak' | null {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '')
  if (strongEndings.test(plain)) return 'strong'
  return weakNames.has(plain) ? 'weak' : null
}

/** Whether the value stands for a credential under this name, in this place. */
export function isSecretMember(name: string, value: string, context: Context, direction: Direction): boolean {
  if (/^(?:|null|undefined|true|false|none)$/i.test(value)) return false
  const secrecy = secrecyOf(name)
  if (secrecy !== 'weak') return secrecy === 'strong'
  if (context === 'api') return false
  return direction === 'request' || looksRandom(value)
}

/** Error words such as `unsupported_grant_type` also come under the name `code`; credentials are long and mixed. */
export function looksRandom(value: string): boolean {
  return value.length >= 16 && /^[\x21-\x7e]+$/.test(value) && /[0-9A-Z]/.test(value)
}

export function isSecretHeader(name: string): boolean {
  const lower = name.toLowerCase()
  return credentialHeaders.has(lower) || keyLikeHeader.test(lower)
}

/** The words in `<label:pseudonym>`: the wire's own name, without what could confuse a reader. */
export function labelOf(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .slice(0, 40) || 'secret'
  )
}
