// Which proxy a request goes through. The person's setting comes first, then the environment, then the system, as in VS Code;
// this machine itself is never reached through one.
import type { ProxySettings } from '../../contract/settings.ts'
import { isLoopback } from '../loopback.ts'
import type { Secret } from '../secret.ts'
import { parseNoProxy } from './no-proxy.ts'
import { parsePacResult } from './pac-result.ts'
import { type ProxyServer, type ProxySource, parseProxy } from './proxy.ts'
import { type Environment, environmentNoProxy, proxyVariable } from './proxy-environment.ts'
import { ProxyError } from './proxy-problem.ts'

export interface ProxiesDeps {
  environment: Environment
  /** What the system's setting or PAC script answers for a URL; `null` if the host cannot ask. */
  systemProxy: ((url: string) => Promise<string>) | null
  settings(): ProxySettings
  /** The password of the person's own proxy. */
  password(): Promise<Secret | null>
}

/** The proxies to try in order for a URL, `null` for a direct connection. Throws ProxyError if one cannot be read. */
export type ProxiesFor = (url: URL) => Promise<(ProxyServer | null)[]>

export function createProxies(deps: ProxiesDeps): ProxiesFor {
  const { environment, systemProxy } = deps

  async function own({ address, user, notFor }: Extract<ProxySettings, { mode: 'own' }>, url: URL) {
    if (parseNoProxy(notFor)(url.hostname, portOf(url))) return null
    const proxy = readProxy(address, { from: 'settings', variable: null })
    const password = await deps.password()
    if (user === '' || password === null) return proxy
    return { ...proxy, credentials: { user, password }, facts: { ...proxy.facts, signsIn: true } }
  }

  async function automatic(url: URL): Promise<(ProxyServer | null)[]> {
    if (environmentNoProxy(environment)(url.hostname, portOf(url))) return [null]
    const found = proxyVariable(environment, url.protocol)
    if (found) return [readProxy(found.value, { from: 'environment', variable: found.variable })]
    // Its path may hold what is nobody's business.
    return systemProxy ? parsePacResult(await systemProxy(`${url.origin}/`)) : [null]
  }

  return async (url) => {
    const settings = deps.settings()
    if (isLoopback(url.hostname) || settings.mode === 'off') return [null]
    return settings.mode === 'own' ? [await own(settings, url)] : automatic(url)
  }
}

function readProxy(text: string, source: ProxySource): ProxyServer {
  const proxy = parseProxy(text, source)
  if (proxy) return proxy
  const facts = { address: '', signsIn: false, ...source }
  throw new ProxyError(facts, { reason: 'unusable', status: null, code: null, schemes: [] })
}

function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'http:' ? 80 : 443)
}
