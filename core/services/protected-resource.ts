// An API's own metadata, which names the authorization servers that it trusts. Rejects metadata of another resource than the one
// that was asked: a token for it might be meant for somebody else's API. @see https://www.rfc-editor.org/rfc/rfc9728
import type { Recording } from '../flows/recording.ts'
import { unexpected } from '../oauth/refusal.ts'
import { Problem } from '../problem.ts'
import { listOf, textOf } from './discovered-abilities.ts'
import { ifRedirected, readMetadata } from './metadata-document.ts'

export interface ProtectedResource {
  /** The resource identifier, to be sent as `resource`. @see RFC 8707 §2 */
  resource: string
  authorizationServers: string[]
  /** The scopes that the API asks for, then all that it names. */
  scopes: { asked: string[]; named: string[] }
  /** What the person should know before connecting. */
  notes: string[]
}

const wellKnown = '/.well-known/oauth-protected-resource'

/** Whether a URL is that of an API's metadata. */
export function isResourceMetadata(url: URL): boolean {
  return url.pathname === wellKnown || url.pathname.startsWith(`${wellKnown}/`)
}

/**
 * `null` if the API says nothing; a Problem for metadata that may not be used. Throws Problem if there is no response.
 * @see https://www.rfc-editor.org/rfc/rfc9728#section-3
 */
export async function findResource(url: URL, recording: Recording): Promise<ProtectedResource | Problem | null> {
  let wrong: Problem | null = null
  const challenge = isResourceMetadata(url) ? null : await askWithoutToken(url, recording)
  for (const { address, resource } of placesOf(url, challenge?.metadata ?? null)) {
    const document = { address, document: 'protected_resource' as const, needs: 'resource' }
    const metadata = await readMetadata(document, recording)
    if (metadata === null) continue
    const found =
      metadata instanceof Problem ? metadata : checked(metadata, resource, challenge?.scopes ?? [], recording)
    if (!(found instanceof Problem)) return found
    wrong ??= found
  }
  return wrong
}

/** Where the metadata may lie, and the resource that it has to be about there. */
function placesOf(url: URL, challenged: string | null): { address: string; resource: string }[] {
  const { origin, pathname, search } = url
  if (isResourceMetadata(url)) {
    return [{ address: url.href, resource: origin + pathname.slice(wellKnown.length) + search }]
  }
  const path = pathname === '/' ? '' : pathname
  const inserted = { address: origin + wellKnown + path + search, resource: url.href }
  const ofOrigin = { address: origin + wellKnown, resource: origin }
  return [
    ...(challenged ? [{ address: challenged, resource: url.href }] : []),
    inserted,
    ...(inserted.address === ofOrigin.address ? [] : [ofOrigin]),
  ]
}

interface Challenge {
  metadata: string | null
  scopes: string[]
}

/** What the API answers to a request without a token. @see https://www.rfc-editor.org/rfc/rfc9728#section-5.1 */
async function askWithoutToken(url: URL, recording: Recording): Promise<Challenge | null> {
  const purpose = { kind: 'discovery' as const, document: 'challenge' as const }
  const exchange = recording.exchange({ purpose, to: 'api', allowRedirects: false })
  const response = await exchange.fetch(url, { redirect: 'manual' }).catch(ifRedirected)
  if (response?.status !== 401) return null
  const header = response.headers.get('www-authenticate') ?? ''
  const value = (name: string) => {
    const [, quoted, bare] = new RegExp(`(?:^|[\\s,])${name}\\s*=\\s*(?:"([^"]*)"|([^\\s,"]+))`, 'i').exec(header) ?? []
    return quoted ?? bare ?? null
  }
  const metadata = value('resource_metadata')
  if (metadata !== null) exchange.conclude('names_metadata', 'succeeded')
  return { metadata, scopes: value('scope')?.split(/\s+/).filter(Boolean).slice(0, 100) ?? [] }
}

function checked(
  metadata: Record<string, unknown>,
  asked: string,
  askedScopes: string[],
  recording: Recording,
): ProtectedResource | Problem {
  const resource = String(metadata.resource)
  const isAsked = URL.parse(resource)?.href === URL.parse(asked)?.href && !resource.includes('#')
  const outcome = isAsked ? { result: 'passed' as const } : { result: 'failed' as const, reason: 'different' as const }
  recording.check({ which: 'resource', expected: asked, found: resource, ...outcome })
  if (!isAsked) return otherResource(asked, resource)
  const authorizationServers = listOf(metadata.authorization_servers) ?? []
  if (authorizationServers.length === 0) {
    return unexpected(200, `${asked} names no authorization server that it trusts.`, 'Enter its issuer.')
  }
  const scopes = { asked: askedScopes, named: listOf(metadata.scopes_supported) ?? [] }
  return { resource, authorizationServers, scopes, notes: notesOn(metadata) }
}

function notesOn(metadata: Record<string, unknown>): string[] {
  const methods = listOf(metadata.bearer_methods_supported)
  const inHeader = methods === null || methods.length === 0 || methods.includes('header')
  return [
    ...(inHeader ? [] : ['It does not take tokens in a header, and Grantdesk sends them in no other way.']),
    ...(metadata.dpop_bound_access_tokens_required === true
      ? ['It takes tokens that are bound by DPoP (RFC 9449) only, which Grantdesk cannot get.']
      : []),
    ...(textOf(metadata.resource_documentation)
      ? [`Its documentation: ${textOf(metadata.resource_documentation)?.slice(0, 300)}`]
      : []),
  ]
}

/** @see https://www.rfc-editor.org/rfc/rfc9728#section-3.3 */
function otherResource(asked: string, named: string): Problem {
  return unexpected(
    200,
    `The metadata of ${asked} is about ${named.slice(0, 200)}. It was not used: a token for that might be sent to somebody else’s API.`,
    'Enter that address, if it is the API that you mean.',
  )
}
