// NO_PROXY: the hosts that are reached without a proxy. Nothing is looked up: a range matches addresses, not names.
import { BlockList, isIP } from 'node:net'

/** Whether a host is listed; `host` and `port` as in a URL. */
export type NoProxy = (host: string, port: number) => boolean

interface Entry {
  matches(host: string): boolean
  port: number | null
}

/**
 * Reads a list separated by commas or blanks: `*`, hosts, domains with or without a leading dot (both include the domain and
 * everything under it, as in curl), IP addresses, CIDR ranges; each may have a port.
 */
export function parseNoProxy(list: string): NoProxy {
  const entries = list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((text) => text !== '')
    .map(parseEntry)
  return (host, port) => {
    const plain = plainHost(host)
    return entries.some((entry) => (entry.port === null || entry.port === port) && entry.matches(plain))
  }
}

/** Without brackets, zone or trailing dot. */
function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
}

function parseEntry(text: string): Entry {
  if (text === '*') return { matches: () => true, port: null }
  const { name, port } = splitPort(text)
  if (name.includes('/')) return { matches: rangeMatcher(name), port }
  if (isIP(name) !== 0) return { matches: rangeMatcher(`${name}/${isIP(name) === 4 ? 32 : 128}`), port }
  const domain = name.replace(/^\*?\./, '').replace(/\.$/, '')
  return { matches: (host) => domain !== '' && (host === domain || host.endsWith(`.${domain}`)), port }
}

function splitPort(text: string): { name: string; port: number | null } {
  const bracketed = /^\[([^\]]*)\](\/\d+)?(?::(\d+))?$/.exec(text)
  if (bracketed) {
    return { name: `${bracketed[1]}${bracketed[2] ?? ''}`, port: bracketed[3] ? Number(bracketed[3]) : null }
  }
  // More than one colon is an IPv6 address without brackets, which has no port.
  const one = /^([^:]+):(\d+)$/.exec(text)
  return one ? { name: one[1] ?? '', port: Number(one[2]) } : { name: text, port: null }
}

function rangeMatcher(range: string): (host: string) => boolean {
  const [address = '', bits = ''] = range.split('/')
  const family = isIP(address)
  const most = family === 4 ? 32 : 128
  if (family === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > most) return () => false
  const list = new BlockList()
  list.addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6')
  return (host) => {
    const kind = isIP(host)
    return kind !== 0 && list.check(host, kind === 4 ? 'ipv4' : 'ipv6')
  }
}
