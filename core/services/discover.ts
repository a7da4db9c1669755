// Fetches an issuer's metadata. Rejects metadata that names another issuer, because secrets would be sent to its endpoints.
import type { Discovery as Discovered } from '../../contract/discovery.ts'
import type { DiscoveryInput } from '../../contract/service-inputs.ts'
import type { FlowLog } from '../flows/flow-log.ts'
import { inFlow } from '../flows/in-flow.ts'
import type { Recording } from '../flows/recording.ts'
import { isTruncated } from '../flows/recording-fetch.ts'
import { certificatesIn } from '../network/authorities.ts'
import { checkAuthorities } from '../network/certificates.ts'
import type { ServiceTls } from '../network/service-tls.ts'
import { cleanWords, quoted, unexpected } from '../oauth/refusal.ts'
import { isObject, parseJson, serverWords } from '../oauth/server-words.ts'
import { invalid, isRedirected, Problem } from '../problem.ts'
import { normaliseBaseUrl, originOf } from './addresses.ts'
import { draftFrom } from './discovered-description.ts'

export interface Discovery {
  /**
   * `apiOrigins`: addresses of the APIs that tokens are for. Throws Problem if there is no response, no metadata, or only another
   * issuer's.
   */
  discover(input: DiscoveryInput): Promise<Discovered>
}

interface Place {
  address: string
  kind: Discovered['kind']
}

const wellKnown = /\/\.well-known\/(oauth-authorization-server|openid-configuration)/

/** The issuer from its own URL, or from the URL of its metadata. */
function issuerOf(text: string): string {
  const url = new URL(normaliseBaseUrl(text.trim().replace(/[?#].*$/, '')))
  const path = url.pathname.replace(wellKnown, '').replace(/\/+$/, '')
  return url.origin + path
}

/** RFC 8414 inserts the well-known part before the issuer's path, OpenID Connect appends it. */
function placesOf(issuer: string): Place[] {
  const { origin, pathname } = new URL(issuer)
  const path = pathname === '/' ? '' : pathname
  const inserted = (name: string) => `${origin}/.well-known/${name}${path}`
  const places: Place[] = [
    { address: inserted('oauth-authorization-server'), kind: 'oauth_authorization_server' },
    { address: `${issuer}/.well-known/openid-configuration`, kind: 'openid_configuration' },
    { address: inserted('openid-configuration'), kind: 'openid_configuration' },
  ]
  return places.filter(({ address }, at) => places.findIndex((one) => one.address === address) === at)
}

export function createDiscovery(flows: FlowLog): Discovery {
  return {
    async discover({ url: text, certificateAuthorities, apiOrigins: typed = [] }) {
      if (certificateAuthorities) checkAuthorities(certificateAuthorities)
      const issuer = issuerOf(text)
      const apiOrigins = typed.map(apiOriginOf)
      const { host } = new URL(issuer)
      const recording = flows.start({
        kind: 'discover',
        about: { host },
        serviceId: '',
        connectionId: null,
        ...tlsWith(certificateAuthorities),
      })
      return inFlow(recording, async () => {
        let wrong: Problem | null = null
        for (const place of placesOf(issuer)) {
          const found = await look(place, { issuer, apiOrigins }, recording)
          if (found instanceof Problem) wrong ??= found
          else if (found) {
            const description = { ...found.description, ...(certificateAuthorities ? { certificateAuthorities } : {}) }
            return { value: { ...found, description, flowId: recording.id }, succeeded: true }
          }
        }
        throw wrong ?? notFound(host)
      })
    },
  }
}

function apiOriginOf(text: string): string {
  try {
    return originOf(text)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw invalid('apiOrigins', 'Where the API lives is not an address.', 'Enter it as https://api.example.com.')
  }
}

function tlsWith(pem: string | undefined): { tls?: ServiceTls } {
  return pem ? { tls: { authorities: certificatesIn(pem), clientCertificate: null } } : {}
}

/** `null` if there is no metadata there; throws a Problem for metadata that may not be used. */
async function look(
  { address, kind }: Place,
  { issuer: asked, apiOrigins }: { issuer: string; apiOrigins: string[] },
  recording: Recording,
): Promise<Omit<Discovered, 'flowId'> | Problem | null> {
  const purpose = { kind: 'discovery' as const, document: kind }
  const { fetch } = recording.exchange({ purpose, to: 'authorization_server', allowRedirects: false })
  const asking = fetch(address, { headers: { accept: 'application/json' }, redirect: 'manual' })
  const response = await asking.catch((error: unknown) => {
    // Servers may redirect unknown paths to a login page: try the next place.
    if (isRedirected(error)) return null
    throw error
  })
  if (response === null || response.status === 404) return null
  const body = await response.text()
  const said = quoted(cleanWords(serverWords(response.headers, body), []))
  const says = said === null ? '' : ` It says: ${said}`
  const { host } = new URL(asked)
  if (response.status !== 200) {
    if (said === null) return null
    return unexpected(response.status, `${host} answers ${response.status} where its metadata would be.${says}`)
  }
  const metadata = parseJson(body)
  if (isTruncated(response) || !isObject(metadata) || typeof metadata.token_endpoint !== 'string') {
    return unexpected(200, `${host} answers, but what it says of itself is not readable as metadata.${says}`)
  }
  const issuer = typeof metadata.issuer === 'string' ? metadata.issuer : null
  const isAsked = issuer !== null && (issuer.replace(/\/$/, '') === asked || isTemplateOf(issuer, asked))
  const reason = isAsked ? null : issuer === null ? 'missing' : 'different'
  recording.check({ which: 'issuer', expected: asked, found: issuer, result: isAsked ? 'passed' : 'failed', reason })
  if (issuer === null || !isAsked) return otherIssuer(asked, issuer)
  return { ...draftFrom(metadata, issuer, { base: asked, apiOrigins }), issuer, source: address, kind }
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

function notFound(host: string): Problem {
  return invalid('url', `${host} publishes no metadata (RFC 8414, OpenID Connect).`, 'Describe the service by hand.')
}
