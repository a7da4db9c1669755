// Turns an issuer's metadata into a draft of a service's description, with notes about what is missing.
import { type ClientAuthentication, type Grant, type Service, serviceSchema } from '../../contract/service.ts'
import { descriptionIssues } from './description-checks.ts'

type Metadata = Record<string, unknown>

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const list = (value: unknown): string[] | null =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string').slice(0, 500) : null

/** The default if the metadata does not say. @see RFC 8414 §2 */
const usualGrants = ['authorization_code', 'implicit']
const usualAuthentication = ['client_secret_basic']

type GrantDraft = Pick<Grant, 'id' | 'type' | 'name' | 'description'>

const grantsByType: Record<string, GrantDraft> = {
  authorization_code: {
    id: 'authorization_code',
    type: 'authorization_code',
    name: 'Authorization code',
    description: 'Acts as you.',
  },
  'urn:ietf:params:oauth:grant-type:device_code': {
    id: 'device_code',
    type: 'device_code',
    name: 'Device code',
    description: 'You enter a code in a browser on any device.',
  },
  client_credentials: {
    id: 'client_credentials',
    type: 'client_credentials',
    name: 'Client credentials',
    description: 'Acts as the client itself.',
  },
  password: {
    id: 'password',
    type: 'password',
    name: 'Password',
    description: 'The password is sent once, to the token endpoint, and never stored.',
  },
}

const authenticationByName: Record<string, ClientAuthentication[]> = {
  client_secret_post: ['body'],
  client_secret_basic: ['basic', 'basic-raw'],
  none: ['none'],
}

/**
 * `metadata` has been checked to be the issuer's own, `apiOrigins` are what the person names as the API's. Leaves out and notes
 * endpoints that may not be used.
 */
export function draftFrom(
  metadata: Metadata,
  issuer: string,
  apiOrigins: string[] = [],
): { description: Service; notes: string[] } {
  const notes: string[] = []
  const url = new URL(issuer)
  const base = issuer.replace(/\/+$/, '')
  const types = list(metadata.grant_types_supported)
  if (types === null) notes.push('The grants are not named; authorization code is assumed.')
  const grants = (types ?? usualGrants).flatMap((type) => grantsByType[type] ?? [])
  const refresh = types === null || types.includes('refresh_token')
  const { clientAuthentication, guessed } = authenticationFrom(metadata, notes)
  const scopes = list(metadata.scopes_supported)
  if (scopes === null) notes.push('The scopes are not named: enter what the service documents.')
  const pkce = list(metadata.code_challenge_methods_supported)
  if (pkce === null) notes.push('Whether it knows PKCE is not said; S256 is sent all the same.')
  const { api, identity } = apiFrom(text(metadata.userinfo_endpoint), base, apiOrigins)
  if (identity.length === 0) notes.push('How to ask whose a token is could not be seen: enter a path under Who am I.')
  const description = serviceSchema.parse({
    schema: 2,
    id: idFrom(url),
    name: nameFrom(url),
    description: `Discovered at ${issuer}.`.slice(0, 300),
    documentation: text(metadata.service_documentation),
    base: { default: base, example: base },
    endpoints: endpointsFrom(metadata, base, notes),
    api,
    issuer: { url: issuer, inRedirect: metadata.authorization_response_iss_parameter_supported === true },
    pkce: pkce !== null && !pkce.includes('S256') && pkce.includes('plain') ? 'plain' : 'S256',
    registration: { steps: 'Register a client there with the redirect URI below.' },
    clientAuthentication,
    redirect: { anyPort: 'unknown', note: 'A fixed port is the safer choice.' },
    grants: (grants.length > 0 ? grants : [grantsByType.authorization_code]).map((grant) => ({
      ...grant,
      refresh: refresh && grant?.type !== 'client_credentials',
    })),
    scopes: {
      default: scopes?.includes('openid') ? ['openid'] : [],
      groups: scopes && scopes.length > 0 ? [{ name: 'All', scopes: scopes.map((value) => ({ value })) }] : [],
    },
    identity,
    requests: identity.map(({ path }) => ({ name: 'Who am I', method: 'GET' as const, path })),
    unverified: ['redirect.anyPort', ...(guessed ? ['clientAuthentication'] : [])],
  })
  return { description: withoutUnsafe(description, notes), notes }
}

/** `guessed`: the metadata names no method that we support, so this proposes the usual ones. */
function authenticationFrom(
  metadata: Metadata,
  notes: string[],
): { clientAuthentication: Service['clientAuthentication']; guessed: boolean } {
  const named = list(metadata.token_endpoint_auth_methods_supported) ?? usualAuthentication
  const allowed = [...new Set(named.flatMap((name) => authenticationByName[name] ?? []))]
  const unknown = named.filter((name) => !Object.hasOwn(authenticationByName, name))
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
    `For authenticating a client it ${alone}: connecting will not work as advertised. What is proposed here is a guess; ask whoever runs it for a client that authenticates by a secret.`,
  )
  return { clientAuthentication: { allowed: ['body', 'basic', 'basic-raw'], default: 'body' }, guessed: true }
}

function endpointsFrom(metadata: Metadata, base: string, notes: string[]): Service['endpoints'] {
  const under = (name: string): string | undefined => {
    const address = text(metadata[name])
    if (!address) return undefined
    const origin = URL.parse(address)?.host
    if (origin !== new URL(base).host) notes.push(`${name} is on another host: ${origin ?? 'no address'}.`)
    const path = pathUnder(base, address)
    return path === null ? address : `{base}${path}`
  }
  return {
    authorization: under('authorization_endpoint') ?? '{base}/authorize',
    token: under('token_endpoint') ?? '{base}/token',
    revocation: under('revocation_endpoint'),
    deviceAuthorization: under('device_authorization_endpoint'),
  }
}

/** The path of a URL below the base, `null` if it is elsewhere. */
function pathUnder(base: string, address: string): string | null {
  return address.startsWith(`${base}/`) ? address.slice(base.length) : null
}

/** Where tokens are sent: what the person names, and the userinfo endpoint on whatever host it is. */
function apiFrom(
  userinfoEndpoint: string | undefined,
  base: string,
  named: string[],
): { api: Service['api']; identity: ReturnType<typeof userinfo>[] } {
  const asOrigin = (origin: string) => (origin === new URL(base).origin ? '{base}' : origin)
  const asked = URL.parse(userinfoEndpoint ?? '')?.origin
  const known = [...(named.length > 0 ? named : ['{base}']), ...(asked ? [asked] : [])].map(asOrigin)
  const origins = [...new Set(known)]
  const isBaseAlone = origins.every((origin) => origin === '{base}')
  const identity = userinfoEndpoint && asked ? [userinfo(userinfoEndpoint, base, isBaseAlone)] : []
  return { api: isBaseAlone ? undefined : { origins }, identity }
}

function userinfo(address: string, base: string, isBaseAlone: boolean) {
  const path = pathUnder(base, address)
  return {
    path: path === null ? address : `${isBaseAlone ? '' : '{base}'}${path}`,
    accountId: ['sub'],
    accountName: ['name', 'preferred_username', 'email'],
    accountEmail: ['email'],
    accountDetail: ['preferred_username'],
  }
}

/** A readable name for an issuer: host, and the end of its path, which distinguishes realms and tenants. */
function placeOf({ host, pathname }: URL): string {
  return (host + pathname).replace(/\/+$/, '')
}

function nameFrom(issuer: URL): string {
  const place = placeOf(issuer)
  return place.length > 60 ? `${issuer.host.slice(0, 20)}…${place.slice(-39)}` : place
}

function idFrom(issuer: URL): string {
  const plain = placeOf(issuer)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
  return plain.slice(-40).replace(/^-+|-+$/g, '') || 'service'
}

/** Removes and notes what may not be used; the person can edit the draft. */
function withoutUnsafe(description: Service, notes: string[]): Service {
  for (const { path, message } of descriptionIssues(description))
    notes.push(`${path} cannot be used as it is: ${message}.`)
  return description
}
