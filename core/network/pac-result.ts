// What a PAC script or the system's proxy setting answers for a URL: `PROXY a:8080; SOCKS5 b:1080; DIRECT`.
// @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/Proxy_servers_and_tunneling/Proxy_Auto-Configuration_PAC_file
import { type ProxyServer, parseProxy } from './proxy.ts'

const schemes: Record<string, string> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS: 'socks4',
  SOCKS4: 'socks4',
  SOCKS5: 'socks5',
}

/** The proxies to try in order, `null` for none; entries that cannot be read are skipped. */
export function parsePacResult(text: string): (ProxyServer | null)[] {
  const choices = text.split(';').flatMap((entry): (ProxyServer | null)[] => {
    const [word = '', address = ''] = entry.trim().split(/\s+/)
    if (word.toUpperCase() === 'DIRECT') return [null]
    const scheme = schemes[word.toUpperCase()]
    const proxy = scheme && parseProxy(`${scheme}://${address}`, { from: 'system', variable: null })
    return proxy ? [proxy] : []
  })
  return choices.length === 0 ? [null] : choices
}
