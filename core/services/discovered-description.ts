// Turns an issuer's metadata into a draft of a service's description, with notes about what is missing.
import { type Service, serviceSchema } from '../../contract/service.ts'
import { unexpected } from '../oauth/refusal.ts'
import { descriptionIssues } from './description-checks.ts'
import {
  authenticationFrom,
  grantsFrom,
  listOf,
  type Metadata,
  revocationFrom,
  textOf,
  unmetNotes,
} from './discovered-abilities.ts'
import type { ProtectedResource } from './protected-resource.ts'

export interface DraftOptions {
  /** The issuer that was asked, if the issuer in the metadata is a template. */
  base?: string
  /** What the person names as the API's. */
  apiOrigins?: string[]
  /** The API that trusts this issuer, if that was asked. */
  resource?: ProtectedResource
}

/** `metadata` has been checked to be the issuer's own. Leaves out and notes endpoints that may not be used. */
export function draftFrom(
  metadata: Metadata,
  issuer: string,
  { base = issuer.replace(/\/+$/, ''), apiOrigins = [], resource }: DraftOptions = {},
): { description: Service; notes: string[] } {
  const notes: string[] = []
  // One issuer may serve many APIs: a description of one is called after it.
  const url = new URL(resource?.resource ?? base)
  const grants = grantsFrom(metadata, notes)
  if (resource) notes.push(...resourceNotes(metadata, issuer, resource))
  const { clientAuthentication, guessed } = authenticationFrom(metadata, notes)
  const scopes = listOf(metadata.scopes_supported)
  const ofApi = resource?.scopes.named ?? []
  if (scopes === null) notes.push('The scopes are not named: enter what the service documents.')
  const pkce = listOf(metadata.code_challenge_methods_supported)
  if (pkce === null) notes.push('Whether it knows PKCE is not said; S256 is sent all the same.')
  const named = [...(resource ? [new URL(resource.resource).origin] : []), ...apiOrigins]
  const { api, identity } = apiFrom(textOf(metadata.userinfo_endpoint), base, named)
  notes.push(...unmetNotes(metadata))
  // Else the ID token says it.
  if (identity.length === 0 && !scopes?.includes('openid'))
    notes.push('How to ask whose a token is could not be seen: enter a path under Who am I.')
  const drafted = serviceSchema.safeParse({
    schema: 2,
    id: idFrom(url),
    name: nameFrom(url),
    description: `Discovered at ${resource ? `${resource.resource}, by ${issuer}` : issuer}.`.slice(0, 300),
    documentation: textOf(metadata.service_documentation),
    base: { default: base, example: base },
    endpoints: endpointsFrom(metadata, base, notes),
    api,
    // Which issuer a template stands for is known only after the answer.
    issuer: {
      url: issuer,
      inRedirect: !issuer.includes('{') && metadata.authorization_response_iss_parameter_supported === true,
    },
    openid: openidFrom(metadata, base),
    pkce: pkce !== null && !pkce.includes('S256') && pkce.includes('plain') ? 'plain' : 'S256',
    registration: { steps: 'Register a client there with the redirect URI below.' },
    clientAuthentication,
    redirect: { anyPort: 'unknown', note: 'A fixed port is the safer choice.' },
    grants: grants.map((grant) => ({ ...grant, ...(resource ? { resources: [resource.resource] } : {}) })),
    scopes: {
      default: [...new Set([...(scopes?.includes('openid') ? ['openid'] : []), ...(resource?.scopes.asked ?? [])])],
      groups: [
        ...group('This API', ofApi),
        ...group(
          'All',
          (scopes ?? []).filter((scope) => !ofApi.includes(scope)),
        ),
      ],
    },
    identity,
    revocation: revocationFrom(metadata, clientAuthentication.default, notes),
    requests: [
      ...(resource ? [{ name: 'The API', method: 'GET' as const, path: resource.resource }] : []),
      ...identity.map(({ path }) => ({ name: 'Who am I', method: 'GET' as const, path })),
    ],
    unverified: ['redirect.anyPort', ...(guessed ? ['clientAuthentication'] : [])],
  })
  if (!drafted.success) {
    const members = drafted.error.issues.map(({ path }) => path.join('.')).join(', ')
    throw unexpected(
      200,
      `The metadata holds what no description can take: ${members}.`,
      'Describe the service by hand.',
    )
  }
  return { description: withoutUnsafe(drafted.data, notes), notes }
}

function endpointsFrom(metadata: Metadata, base: string, notes: string[]): Service['endpoints'] {
  const under = (name: string): string | undefined => {
    const address = textOf(metadata[name])
    if (!address) return undefined
    const origin = URL.parse(address)?.host
    if (origin !== new URL(base).host) notes.push(`${name} is on another host: ${origin ?? 'no address'}.`)
    const path = pathUnder(base, address)
    return path === null ? address : `{base}${path}`
  }
  return {
    authorization: under('authorization_endpoint') ?? null,
    token: under('token_endpoint') ?? '{base}/token',
    revocation: under('revocation_endpoint'),
    introspection: under('introspection_endpoint'),
    deviceAuthorization: under('device_authorization_endpoint'),
    pushedAuthorization:
      metadata.require_pushed_authorization_requests === true
        ? under('pushed_authorization_request_endpoint')
        : undefined,
  }
}

/** The path of a URL below the base, `null` if it is elsewhere. */
function pathUnder(base: string, address: string): string | null {
  return address.startsWith(`${base}/`) ? address.slice(base.length) : null
}

/** `undefined` if it is no OpenID provider. */
function openidFrom(metadata: Metadata, base: string) {
  const scopes = listOf(metadata.scopes_supported)
  const algorithms = listOf(metadata.id_token_signing_alg_values_supported)
  if (!scopes?.includes('openid') && algorithms === null) return undefined
  const keys = textOf(metadata.jwks_uri)
  const path = keys === undefined ? null : pathUnder(base, keys)
  const prompts = listOf(metadata.prompt_values_supported)
  return {
    jwksUri: path === null ? keys : `{base}${path}`,
    selectAccount: prompts === null || prompts.includes('select_account'),
  }
}

/** None for no scopes. */
function group(name: string, scopes: string[]) {
  return scopes.length > 0 ? [{ name, scopes: scopes.map((value) => ({ value })) }] : []
}

function resourceNotes(metadata: Metadata, issuer: string, { resource, notes }: ProtectedResource): string[] {
  // Optional, and a sign that the API names a server which does not know it. @see RFC 9728 §4
  const known = listOf(metadata.protected_resources)
  return [
    `${resource} trusts ${issuer}; every request for a token names the API as its resource (RFC 8707).`,
    ...(known !== null && !known.includes(resource)
      ? [`${issuer} does not name this API among those that it serves.`]
      : []),
    ...notes,
  ]
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
