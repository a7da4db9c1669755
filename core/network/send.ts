// Sends one request the way this machine and the service need it: through a proxy, with further authorities, with a client
// certificate. A simple direct request goes straight to Node's fetch, and loads nothing of this.
import type { Route } from '../../contract/flow/route.ts'
import { isUntrusted } from '../../contract/flow/trouble-words.ts'
import type { Authorities } from './authorities.ts'
import type { Connections, TlsContexts } from './dispatchers.ts'
import { errorCodeIn } from './error-code.ts'
import type { ProxiesFor } from './proxies.ts'
import type { ProxyServer } from './proxy.ts'
import { proxyErrorIn } from './proxy-problem.ts'
import type { ServiceTls } from './service-tls.ts'

export interface SendContext {
  serviceId: string
  /** For a service that is not stored yet. */
  tls?: ServiceTls | undefined
  /** Called before the request is sent another way than directly with the usual authorities. */
  onRoute(route: Route): void
}

/** The same for one service. */
export type RoutedFetch = (url: string, init: RequestInit, onRoute: SendContext['onRoute']) => Promise<Response>

/** Like fetch, for a service. A plain fetch will do where neither matters. */
export type Send = (url: string, init: RequestInit, context: SendContext) => Promise<Response>

export interface SendDeps {
  /** Direct, with the authorities of the runtime. */
  fetch: typeof globalThis.fetch
  proxiesFor: ProxiesFor
  authorities: Authorities
  /** What the service needs; `null` for nothing. The same object until it changes. */
  tlsOf(serviceId: string): ServiceTls | null
}

/** What a connection is made of; equal ones share their sockets. */
interface Way {
  proxy: ProxyServer | null
  service: ServiceTls | null
  /** Whether the system's authorities are trusted, too. */
  further: boolean
}

/** More kinds of connections than anybody has at a time; the oldest is closed beyond. */
const mostKept = 32

export function createSend(deps: SendDeps): Send {
  const kept: { way: Way; connections: Connections }[] = []
  const contexts = new Map<ServiceTls | null, Map<boolean, TlsContexts>>()
  /** Hosts whose certificates the usual authorities did not sign. */
  const needFurther = new Set<string>()

  async function connectionsFor(way: Way): Promise<Connections> {
    const known = kept.find((one) => isSame(one.way, way))
    if (known) return known.connections
    const [{ createConnections }, tls] = await Promise.all([import('./dispatchers.ts'), contextsFor(way)])
    // Another request may have made it meanwhile.
    const meanwhile = kept.find((one) => isSame(one.way, way))
    if (meanwhile) return meanwhile.connections
    const connections = createConnections(way.proxy, tls)
    kept.push({ way, connections })
    if (kept.length > mostKept) kept.shift()?.connections.close()
    return connections
  }

  async function contextsFor({ service, further }: Way): Promise<TlsContexts> {
    if (service === null && !further) return { server: undefined, proxy: undefined }
    const made = contexts.get(service)?.get(further)
    if (made) return made
    const { createContexts } = await import('./tls-contexts.ts')
    const fresh = createContexts(deps.authorities, service, further)
    contexts.set(service, (contexts.get(service) ?? new Map()).set(further, fresh))
    return fresh
  }

  async function sendBy(way: Way, url: string, init: RequestInit, context: SendContext): Promise<Response> {
    const route = routeOf(way)
    if (route === null) return deps.fetch(url, init)
    context.onRoute(route)
    return (await connectionsFor(way)).fetch(url, init)
  }

  /** With the usual authorities; if they do not vouch, which is known before anything is sent, with further ones. */
  async function sendTrusting(way: Omit<Way, 'further'>, url: URL, init: RequestInit, context: SendContext) {
    const known = needFurther.has(url.host)
    try {
      return await sendBy({ ...way, further: known }, url.href, init, context)
    } catch (error) {
      const unknown = url.protocol === 'https:' && !known && isUntrusted(untrustedCode(error))
      if (!unknown || deps.authorities.further().length === 0) throw error
      const response = await sendBy({ ...way, further: true }, url.href, init, context)
      needFurther.add(url.host)
      return response
    }
  }

  return async (address, init, context) => {
    const url = new URL(address)
    const service = url.protocol === 'https:' ? (context.tls ?? deps.tlsOf(context.serviceId)) : null
    const proxies = await deps.proxiesFor(url)
    for (const [at, proxy] of proxies.entries()) {
      try {
        return await sendTrusting({ proxy, service }, url, init, context)
      } catch (error) {
        // A PAC script names the next one for this case.
        if (at === proxies.length - 1 || !isUnreachableProxy(error)) throw error
      }
    }
    throw new Error('There is always a way, if only the direct one')
  }
}

function isSame(one: Way, other: Way): boolean {
  return one.service === other.service && one.further === other.further && isSameProxy(one.proxy, other.proxy)
}

function isSameProxy(one: ProxyServer | null, other: ProxyServer | null): boolean {
  if (one === null || other === null) return one === other
  return (
    one.facts.address === other.facts.address &&
    one.facts.from === other.facts.from &&
    one.credentials?.user === other.credentials?.user &&
    one.credentials?.password.reveal() === other.credentials?.password.reveal()
  )
}

function routeOf({ proxy, service, further }: Way): Route | null {
  if (proxy === null && service === null && !further) return null
  const authorities: Route['authorities'] = ['usual']
  if (further) authorities.push('system')
  if (service?.authorities.length) authorities.push('service')
  return {
    proxy: proxy?.facts ?? null,
    authorities,
    clientCertificate: service?.clientCertificate?.facts.subject ?? null,
  }
}

function isUnreachableProxy(error: unknown): boolean {
  const reason = proxyErrorIn(error)?.trouble.reason
  return reason === 'unreachable' || reason === 'bad_certificate'
}

function untrustedCode(error: unknown): string | null {
  return proxyErrorIn(error)?.trouble.code ?? errorCodeIn(error)
}
