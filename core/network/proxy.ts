// A proxy's address with its credentials, read from an environment variable, a setting or the system's answer. The
// credentials are secrets from here on.
import type { ProxyFacts } from '../../contract/flow/route.ts'
import { Secret } from '../secret.ts'

export interface ProxyServer {
  protocol: 'http' | 'https' | 'socks4' | 'socks5'
  /** As in a URL, so an IPv6 address has brackets. */
  hostname: string
  port: number
  credentials: { user: string; password: Secret } | null
  facts: ProxyFacts
}

/** Where a proxy's address was read. */
export type ProxySource = Pick<ProxyFacts, 'from' | 'variable'>

const protocols: Record<string, { protocol: ProxyServer['protocol']; port: number }> = {
  'http:': { protocol: 'http', port: 80 },
  'https:': { protocol: 'https', port: 443 },
  'socks:': { protocol: 'socks5', port: 1080 },
  'socks5:': { protocol: 'socks5', port: 1080 },
  'socks5h:': { protocol: 'socks5', port: 1080 },
  'socks4:': { protocol: 'socks4', port: 1080 },
  'socks4a:': { protocol: 'socks4', port: 1080 },
}

/**
 * Reads `http://user:password@host:port`; without a scheme it is http. `null` if it cannot be read: what it says must not be
 * quoted, because it may hold a password.
 */
export function parseProxy(text: string, source: ProxySource): ProxyServer | null {
  const trimmed = text.trim()
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`)
  const known = url && protocols[url.protocol]
  if (!url || !known || url.hostname === '') return null
  const port = url.port === '' ? known.port : Number(url.port)
  const credentials = credentialsIn(url)
  const { protocol } = known
  const facts = { address: `${protocol}://${url.hostname}:${port}`, ...source, signsIn: credentials !== null }
  return { protocol, hostname: url.hostname, port, credentials, facts }
}

function credentialsIn(url: URL): ProxyServer['credentials'] {
  if (url.username === '') return null
  return { user: decoded(url.username), password: new Secret(decoded(url.password)) }
}

/** A `%` that encodes nothing stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
