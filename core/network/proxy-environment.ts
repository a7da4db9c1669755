// The proxy variables of the environment: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, in lower case or upper case.
import { type NoProxy, parseNoProxy } from './no-proxy.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Secure requests look at these in this order; like Node's own proxy support, they fall back to HTTP_PROXY. */
const order = { 'https:': ['https_proxy', 'all_proxy', 'http_proxy'], 'http:': ['http_proxy', 'all_proxy'] }

/** A variable and its value; lower case goes first, as in curl. An empty one counts as not set. */
function readVariable(environment: Environment, name: string): { variable: string; value: string } | null {
  for (const variable of [name, name.toUpperCase()]) {
    const value = environment[variable]?.trim()
    if (value) return { variable, value }
  }
  return null
}

/** The proxy variable for a URL with this protocol, if one is set. Its value may hold a password. */
export function proxyVariable(environment: Environment, protocol: string): { variable: string; value: string } | null {
  const names = protocol === 'http:' ? order['http:'] : order['https:']
  for (const name of names) {
    const found = readVariable(environment, name)
    if (found) return found
  }
  return null
}

export function environmentNoProxy(environment: Environment): NoProxy {
  return parseNoProxy(readVariable(environment, 'no_proxy')?.value ?? '')
}
