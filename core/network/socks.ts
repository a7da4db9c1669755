// Connections through a SOCKS proxy, which looks the host's name up itself.

import { SocksClient } from 'socks'
import type { buildConnector } from 'undici'
import type { ProxyServer } from './proxy.ts'
import { ProxyError } from './proxy-problem.ts'

type Connect = buildConnector.connector

/** Longer than this (ms) no proxy takes. */
const timeout = 10_000

/** A connector through `proxy`; `upgrade` makes TLS of its socket. @see https://www.rfc-editor.org/rfc/rfc1928 */
export function connectThroughSocks(proxy: ProxyServer, upgrade: Connect): Connect {
  return (options, callback) => {
    const port = Number(options.port || (options.protocol === 'https:' ? 443 : 80))
    const opened = SocksClient.createConnection({
      command: 'connect',
      proxy: {
        host: withoutBrackets(proxy.hostname),
        port: proxy.port,
        type: proxy.protocol === 'socks4' ? 4 : 5,
        ...(proxy.credentials ? { userId: proxy.credentials.user, password: proxy.credentials.password.reveal() } : {}),
      },
      destination: { host: withoutBrackets(options.hostname), port },
      timeout,
    })
    opened.then(
      ({ socket }) => {
        if (options.protocol === 'https:') upgrade({ ...options, httpSocket: socket }, callback)
        else callback(null, socket)
      },
      (error: unknown) => callback(socksError(proxy, error), null),
    )
  }
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[|\]$/g, '')
}

/** The library's own error holds the password, so nothing of it but its words is looked at. */
function socksError({ facts }: ProxyServer, error: unknown): ProxyError {
  const words = error instanceof Error ? error.message : ''
  const code = /\b(E[A-Z]{4,})\b/.exec(words)?.[1] ?? null
  return new ProxyError(facts, { reason: reasonIn(words), status: null, code, schemes: [] })
}

function reasonIn(words: string): ProxyError['trouble']['reason'] {
  if (/Authentication failed|no accepted authentication/.test(words)) return 'sign_in'
  if (/NotAllowed|RejectedIdent/.test(words)) return 'refused'
  if (/rejected connection/.test(words)) return 'failed'
  return /^Received invalid/.test(words) ? 'not_a_proxy' : 'unreachable'
}
