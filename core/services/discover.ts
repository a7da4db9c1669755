// Makes a draft of a service's description from what an issuer publishes, or an API that names the issuer that it trusts.
import type { Discovery as Discovered } from '../../contract/discovery.ts'
import type { DiscoveryInput } from '../../contract/service-inputs.ts'
import type { FlowLog } from '../flows/flow-log.ts'
import { inFlow } from '../flows/in-flow.ts'
import type { Recording } from '../flows/recording.ts'
import { certificatesIn } from '../network/authorities.ts'
import { checkAuthorities } from '../network/certificates.ts'
import type { ServiceTls } from '../network/service-tls.ts'
import { unexpected } from '../oauth/refusal.ts'
import { invalid, Problem } from '../problem.ts'
import { originOf } from './addresses.ts'
import { draftFrom } from './discovered-description.ts'
import { findIssuer, type IssuerMetadata, issuerOf } from './issuer-metadata.ts'
import { findResource, isResourceMetadata, type ProtectedResource } from './protected-resource.ts'

export interface Discovery {
  /**
   * `url` is an issuer's, an API's or that of their metadata; `apiOrigins` are addresses of the APIs that tokens are for. Throws
   * Problem if there is no response, no metadata, or only another issuer's.
   */
  discover(input: DiscoveryInput): Promise<Discovered>
}

type Found = IssuerMetadata & { base: string; resource: ProtectedResource | null }

export function createDiscovery(flows: FlowLog): Discovery {
  return {
    async discover({ url: text, certificateAuthorities, apiOrigins: typed = [], authorizationServer }) {
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
        const found = await find(addressOf(text), issuer, authorizationServer, recording)
        const { metadata, base, resource, ...about } = found
        const { description, notes } = draftFrom(metadata, about.issuer, {
          base,
          apiOrigins,
          ...(resource ? { resource } : {}),
        })
        const described = { ...description, ...(certificateAuthorities ? { certificateAuthorities } : {}) }
        const authorizationServers = resource?.authorizationServers ?? []
        const others = authorizationServers.filter((one) => !isSameIssuer(one, base))
        if (others.length > 0) notes.push(othersWords(others))
        const value = {
          ...about,
          resource: resource?.resource ?? null,
          authorizationServers,
          description: described,
          notes,
        }
        return { value: { ...value, flowId: recording.id }, succeeded: true }
      })
    },
  }
}

async function find(url: URL, issuer: string, chosen: string | undefined, recording: Recording): Promise<Found> {
  const asIssuer = isResourceMetadata(url) || chosen !== undefined ? null : await findIssuer(issuer, recording)
  if (asIssuer && !(asIssuer instanceof Problem)) return { ...asIssuer, base: issuer, resource: null }
  const resource = await findResource(url, recording)
  if (resource === null || resource instanceof Problem) throw asIssuer ?? resource ?? notFound(url.host)
  return findTrusted(resource, chosen, recording)
}

/** The chosen one, else the first that answers: each is as good as the others. @see RFC 9728 §2 */
async function findTrusted(
  resource: ProtectedResource,
  chosen: string | undefined,
  recording: Recording,
): Promise<Found> {
  const servers = chosen === undefined ? resource.authorizationServers : [trustedAs(chosen, resource)]
  let failure: unknown = null
  for (const server of servers) {
    try {
      const base = trustedIssuer(server, resource)
      const trusted = await findIssuer(base, recording)
      if (trusted === null) throw notFound(new URL(base).host)
      if (trusted instanceof Problem) throw trusted
      return { ...trusted, base, resource }
    } catch (error) {
      failure ??= error
      if (!(error instanceof Problem) || error.failure.kind === 'cancelled') throw error
    }
  }
  throw failure
}

function trustedAs(chosen: string, { resource, authorizationServers }: ProtectedResource): string {
  const found = authorizationServers.find((one) => isSameIssuer(one, chosen))
  if (found !== undefined) return found
  const names = authorizationServers.join(', ').slice(0, 300)
  throw invalid('authorizationServer', `${resource} does not trust that authorization server.`, `It trusts ${names}.`)
}

/** Only a trailing slash may differ. */
function isSameIssuer(one: string, other: string): boolean {
  return one.replace(/\/$/, '') === other.trim().replace(/\/$/, '')
}

function othersWords(others: string[]): string {
  const names = others.join(', ').slice(0, 300)
  return `The API also trusts ${names}: another authorization server may be chosen when it is discovered.`
}

/** The address as it was typed: an API's may have a query, and its trailing slash counts. */
function addressOf(text: string): URL {
  const typed = text.trim().replace(/#.*$/, '')
  return new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`)
}

function trustedIssuer(server: string, { resource }: ProtectedResource): string {
  try {
    return issuerOf(server)
  } catch {
    throw unexpected(200, `${resource} trusts an authorization server whose address cannot be used.`)
  }
}

/** Of an origin in a description. */
const longestOrigin = 300

function apiOriginOf(text: string): string {
  try {
    const origin = originOf(text)
    if (origin.length <= longestOrigin) return origin
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
  throw invalid('apiOrigins', 'Where the API lives is not an address.', 'Enter it as https://api.example.com.')
}

function tlsWith(pem: string | undefined): { tls?: ServiceTls } {
  return pem ? { tls: { authorities: certificatesIn(pem), clientCertificate: null } } : {}
}

function notFound(host: string): Problem {
  return invalid(
    'url',
    `${host} publishes no metadata (RFC 8414, OpenID Connect, RFC 9728).`,
    'Describe the service by hand.',
  )
}
