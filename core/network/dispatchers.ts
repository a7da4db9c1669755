// Connections that are more than direct: through a proxy, with authorities or a client certificate of one's own. undici is
// what Node's own fetch is made of; this file is loaded only when such a connection is needed.
import type { SecureContext } from 'node:tls'
import { Agent, buildConnector, type Dispatcher, Pool, ProxyAgent, fetch as undiciFetch } from 'undici'
import { isBadCertificate } from '../../contract/flow/trouble-words.ts'
import { errorCodeIn } from './error-code.ts'
import type { ProxyServer } from './proxy.ts'
import { ProxyError } from './proxy-problem.ts'
import { connectThroughSocks } from './socks.ts'

/** TLS settings of one kind of connection; `undefined` for Node's own. */
export interface TlsContexts {
  /** For the server. */
  server: SecureContext | undefined
  /** For an https proxy, which is never shown a client certificate. */
  proxy: SecureContext | undefined
}

export interface Connections {
  fetch(url: string, init: RequestInit): Promise<Response>
  /** Ends those that are idle now or later. */
  close(): void
}

/** Connections through this proxy, or direct ones. */
export function createConnections(proxy: ProxyServer | null, contexts: TlsContexts): Connections {
  const dispatcher = createDispatcher(proxy, contexts)
  return {
    async fetch(url, init) {
      const request = { ...init, dispatcher } as unknown as Parameters<typeof undiciFetch>[1]
      return (await undiciFetch(url, request)) as unknown as Response
    },
    close: () => void dispatcher.close().catch(() => undefined),
  }
}

function tlsOptions(context: SecureContext | undefined): { secureContext?: SecureContext } {
  return context ? { secureContext: context } : {}
}

function createDispatcher(proxy: ProxyServer | null, contexts: TlsContexts): Dispatcher {
  const server = tlsOptions(contexts.server)
  if (proxy === null) return new Agent({ connect: server })
  if (proxy.protocol === 'socks4' || proxy.protocol === 'socks5') {
    return new Agent({ connect: connectThroughSocks(proxy, buildConnector(server)) })
  }
  return new ProxyAgent({
    uri: proxy.facts.address,
    ...(proxy.credentials ? { token: basic(proxy.credentials) } : {}),
    requestTls: server,
    proxyTls: tlsOptions(contexts.proxy),
    clientFactory: (origin, options) => tunnels(proxy, new Pool(origin, options as Pool.Options)),
  })
}

function basic({ user, password }: NonNullable<ProxyServer['credentials']>): string {
  return `Basic ${Buffer.from(`${user}:${password.reveal()}`).toString('base64')}`
}

/** Makes everything that goes wrong between here and the proxy a ProxyError, its refusals of CONNECT included. */
function tunnels(proxy: ProxyServer, pool: Pool): Pool {
  const connect = pool.connect.bind(pool) as (options: Dispatcher.ConnectOptions) => Promise<Dispatcher.ConnectData>
  async function connectOrTell(options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> {
    const answer = await connect(options).catch((error: unknown) => {
      throw unreachable(proxy, error)
    })
    if (answer.statusCode === 200) return answer
    answer.socket.on('error', () => undefined).destroy()
    throw new ProxyError(proxy.facts, refusal(answer))
  }
  pool.connect = connectOrTell as Pool['connect']
  return pool
}

function unreachable(proxy: ProxyServer, error: unknown): unknown {
  const code = errorCodeIn(error)
  // Our own deadline, or the person's cancellation.
  if (code === 'UND_ERR_ABORTED' || (error instanceof Error && error.name === 'AbortError')) return error
  const isNoHttp = code !== null && /^(?:HPE_|UND_ERR_SOCKET|EPROTO|ERR_SSL_WRONG_VERSION)/.test(code)
  const reason = isNoHttp ? 'not_a_proxy' : isBadCertificate(code) ? 'bad_certificate' : 'unreachable'
  return new ProxyError(proxy.facts, { reason, status: null, code, schemes: [] })
}

/** What a refused CONNECT means. @see https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6 */
function refusal({ statusCode: status, headers }: Dispatcher.ConnectData): ProxyError['trouble'] {
  const schemes = headerValues(headers['proxy-authenticate']).flatMap((value) => /^[\w-]+/.exec(value)?.[0] ?? [])
  const fact = { status, code: null, schemes }
  if (status === 407) return { ...fact, reason: 'sign_in' }
  if (doesNotKnowName(headers)) return { ...fact, reason: 'unknown_name' }
  return { ...fact, reason: status >= 500 ? 'failed' : 'refused' }
}

/** As RFC 9209 has it, and as Squid does. @see https://www.rfc-editor.org/rfc/rfc9209#section-2.3.2 */
function doesNotKnowName(headers: Dispatcher.ConnectData['headers']): boolean {
  const says = (name: string, words: RegExp) => headerValues(headers[name]).some((value) => words.test(value))
  return says('proxy-status', /error="?dns_error/) || says('x-squid-error', /^ERR_DNS_FAIL/)
}

function headerValues(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}
