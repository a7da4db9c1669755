// An issuer's metadata: where it lies, and whether it is the issuer's own. Rejects metadata that names another issuer, because
// secrets would be sent to its endpoints. @see RFC 8414 and OpenID Connect Discovery 1.0
import type { Discovery } from '../../contract/discovery.ts'
import type { Recording } from '../flows/recording.ts'
import { unexpected } from '../oauth/refusal.ts'
import { Problem } from '../problem.ts'
import { normaliseBaseUrl } from './addresses.ts'
import { type Place, readMetadata } from './metadata-document.ts'

export interface IssuerMetadata {
  metadata: Record<string, unknown>
  /** As the metadata names it; may be a template. */
  issuer: string
  /** The address that answered. */
  source: string
  kind: Discovery['kind']
}

const wellKnown = /\/\.well-known\/(oauth-authorization-server|openid-configuration)/

/** The issuer from its own URL, or from the URL of its metadata. Throws `invalid_input`. */
export function issuerOf(text: string): string {
  const url = new URL(normaliseBaseUrl(text.trim().replace(/[?#].*$/, '')))
  const path = url.pathname.replace(wellKnown, '').replace(/\/+$/, '')
  return url.origin + path
}

type IssuerPlace = Place & { document: Discovery['kind'] }

/** RFC 8414 inserts the well-known part before the issuer's path, OpenID Connect appends it. */
function placesOf(issuer: string): IssuerPlace[] {
  const { origin, pathname } = new URL(issuer)
  const path = pathname === '/' ? '' : pathname
  const inserted = (name: string) => `${origin}/.well-known/${name}${path}`
  const needs = 'token_endpoint'
  const places: IssuerPlace[] = [
    { address: inserted('oauth-authorization-server'), document: 'oauth_authorization_server', needs },
    { address: `${issuer}/.well-known/openid-configuration`, document: 'openid_configuration', needs },
    { address: inserted('openid-configuration'), document: 'openid_configuration', needs },
  ]
  return places.filter(({ address }, at) => places.findIndex((one) => one.address === address) === at)
}

/** `null` if the issuer publishes none; a Problem for metadata that may not be used. Throws Problem if there is no response. */
export async function findIssuer(issuer: string, recording: Recording): Promise<IssuerMetadata | Problem | null> {
  let wrong: Problem | null = null
  for (const place of placesOf(issuer)) {
    const metadata = await readMetadata(place, recording)
    const found = metadata && !(metadata instanceof Problem) ? checked(metadata, place, issuer, recording) : metadata
    if (found instanceof Problem) wrong ??= found
    else if (found) return found
  }
  return wrong
}

function checked(
  metadata: Record<string, unknown>,
  { address, document }: IssuerPlace,
  asked: string,
  recording: Recording,
): IssuerMetadata | Problem {
  const issuer = typeof metadata.issuer === 'string' ? metadata.issuer : null
  const isAsked = issuer !== null && (issuer.replace(/\/$/, '') === asked || isTemplateOf(issuer, asked))
  const reason = isAsked ? null : issuer === null ? 'missing' : 'different'
  recording.check({ which: 'issuer', expected: asked, found: issuer, result: isAsked ? 'passed' : 'failed', reason })
  return isAsked ? { metadata, issuer, source: address, kind: document } : otherIssuer(asked, issuer)
}

/**
 * Whether an issuer with placeholders for whole parts of its path stands for the asked one: Entra's for `common` is
 * `https://login.microsoftonline.com/{tenantid}/v2.0`.
 */
function isTemplateOf(issuer: string, asked: string): boolean {
  const [parts, askedParts] = [issuer.replace(/\/$/, '').split('/'), asked.split('/')]
  if (parts.length !== askedParts.length || !issuer.includes('{')) return false
  const isPlaceholder = (part: string, at: number) => at > 2 && /^\{[a-z]+\}$/i.test(part)
  return parts.every((part, at) => part === askedParts[at] || isPlaceholder(part, at))
}

/** Only a trailing slash may differ, because the requested URL is the same. @see RFC 8414 §3.3 */
function otherIssuer(issuer: string, named: string | null): Problem {
  const who = named === null ? 'no issuer at all' : `the issuer ${named.slice(0, 200)}`
  return unexpected(
    200,
    `The metadata at ${issuer} names ${who}. It was not used: its endpoints may be somebody else’s.`,
    named === null ? 'Describe the service by hand.' : 'Enter that issuer, if it is the one you mean.',
  )
}
