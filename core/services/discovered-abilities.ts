// What an issuer's metadata says that it can do, as grants and client authentication methods of a description; and what it asks
// for that Grantdesk cannot do, told before a browser opens.
import type { ClientAuthentication, Grant, Service } from '../../contract/service.ts'

export type Metadata = Record<string, unknown>

/** A text that is not empty. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined
export const listOf = (value: unknown): string[] | null =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string').slice(0, 500) : null

/** The default if the metadata does not say. @see RFC 8414 §2 */
const usualGrants = ['authorization_code', 'implicit']
const usualAuthentication = ['client_secret_basic']

type GrantDraft = Pick<Grant, 'id' | 'type' | 'name' | 'description'>

const authorizationCode: GrantDraft = {
  id: 'authorization_code',
  type: 'authorization_code',
  name: 'Authorization code',
  description: 'Acts as you.',
}
const clientCredentials: GrantDraft = {
  id: 'client_credentials',
  type: 'client_credentials',
  name: 'Client credentials',
  description: 'Acts as the client itself.',
}

const grantsByType = new Map<string, GrantDraft>([
  ['authorization_code', authorizationCode],
  [
    'urn:ietf:params:oauth:grant-type:device_code',
    {
      id: 'device_code',
      type: 'device_code',
      name: 'Device code',
      description: 'You enter a code in a browser on any device.',
    },
  ],
  ['client_credentials', clientCredentials],
  [
    'password',
    {
      id: 'password',
      type: 'password',
      name: 'Password',
      description: 'The password is sent once, to the token endpoint, and never stored.',
    },
  ],
])

const authenticationByName = new Map<string, ClientAuthentication[]>([
  ['client_secret_post', ['body']],
  ['client_secret_basic', ['basic', 'basic-raw']],
  ['none', ['none']],
])

/** Without an authorization endpoint, the grants that need none. */
export function grantsFrom(metadata: Metadata, notes: string[]): (GrantDraft & Pick<Grant, 'refresh'>)[] {
  const types = listOf(metadata.grant_types_supported)
  const inBrowser = textOf(metadata.authorization_endpoint) !== undefined
  const usual = inBrowser ? authorizationCode : clientCredentials
  const assumed = inBrowser ? 'authorization code is assumed' : 'client credentials are assumed'
  if (types === null) notes.push(`The grants are not named; ${assumed}.`)
  if (!inBrowser) notes.push('It has no authorization endpoint: the grants are those that need none.')
  const grants = (types ?? usualGrants)
    .flatMap((type) => grantsByType.get(type) ?? [])
    .filter(({ type }) => inBrowser || type !== 'authorization_code')
  if (grants.length === 0 && types !== null) notes.push(`It names no grant that Grantdesk can use; ${assumed}.`)
  const refresh = types === null || types.includes('refresh_token')
  return (grants.length > 0 ? grants : [usual]).map((grant) => ({
    ...grant,
    refresh: refresh && grant.type !== 'client_credentials',
  }))
}

/** Signatures that can be verified: by the issuer's keys, or by the client secret (HS…). */
const verifiable = /^(?:(?:RS|PS|ES|HS)(?:256|384|512)|EdDSA|Ed25519)$/

/** What it demands that cannot be met. */
export function unmetNotes(metadata: Metadata): string[] {
  const notes: string[] = []
  const add = (demanded: boolean, words: string) => demanded && notes.push(words)
  const pushed = metadata.require_pushed_authorization_requests === true
  const pushedEndpoint = textOf(metadata.pushed_authorization_request_endpoint)
  add(
    pushed && pushedEndpoint === undefined,
    'It requires pushed authorization requests (RFC 9126) and names no endpoint for them: connecting in the browser will not work.',
  )
  add(
    metadata.require_signed_request_object === true,
    'It requires signed authorization requests (RFC 9101), which Grantdesk cannot make: connecting in the browser will not work.',
  )
  const responses = listOf(metadata.response_types_supported)
  add(
    responses !== null && textOf(metadata.authorization_endpoint) !== undefined && !responses.includes('code'),
    'It does not name the response type code, without which connecting in the browser will not work.',
  )
  const algorithms = listOf(metadata.id_token_signing_alg_values_supported) ?? []
  add(
    algorithms.length > 0 && !algorithms.some((name) => verifiable.test(name)),
    `It signs ID tokens with ${algorithms.join(', ').slice(0, 200)} only, which Grantdesk cannot verify.`,
  )
  return notes
}

/** `guessed`: the metadata names no method that we support, so this proposes the usual ones. */
export function authenticationFrom(
  metadata: Metadata,
  notes: string[],
): { clientAuthentication: Service['clientAuthentication']; guessed: boolean } {
  const named = listOf(metadata.token_endpoint_auth_methods_supported) ?? usualAuthentication
  const allowed = [...new Set(named.flatMap((name) => authenticationByName.get(name) ?? []))]
  const unknown = named.filter((name) => !authenticationByName.has(name))
  const order: ClientAuthentication[] = ['body', 'basic', 'none']
  const usual = order.find((method) => allowed.includes(method))
  const words = unknown.join(', ').slice(0, 200)
  if (usual) {
    if (unknown.length > 0) notes.push(`It also names ${words}, which Grantdesk cannot do.`)
    return { clientAuthentication: { allowed, default: usual }, guessed: false }
  }
  const cannot = unknown.length === 1 ? 'which Grantdesk cannot do' : 'and Grantdesk can do none of them'
  const alone = unknown.length === 0 ? 'names no way at all' : `names ${words} alone, ${cannot}`
  notes.push(
    `For authenticating a client it ${alone}: connecting will not work as advertised. What is proposed here is a guess; ask its operator for a client that authenticates by a secret.`,
  )
  return { clientAuthentication: { allowed: ['body', 'basic', 'basic-raw'], default: 'body' }, guessed: true }
}

/** How a client authenticates at the revocation endpoint, where that is not the `proposed` way; `undefined` otherwise. */
export function revocationFrom(
  metadata: Metadata,
  proposed: ClientAuthentication,
  notes: string[],
): { clientAuthentication: ClientAuthentication } | undefined {
  const named = listOf(metadata.revocation_endpoint_auth_methods_supported)
  if (named === null || named.length === 0 || textOf(metadata.revocation_endpoint) === undefined) return undefined
  const [first, ...others] = named.flatMap((name) => authenticationByName.get(name) ?? [])
  if (first === undefined) {
    const words = named.join(', ').slice(0, 200)
    notes.push(`For revoking it names ${words} alone, which Grantdesk cannot do: it may refuse to revoke.`)
    return undefined
  }
  return [first, ...others].includes(proposed) ? undefined : { clientAuthentication: first }
}
