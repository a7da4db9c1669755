// Turns a description's templates into URLs that may be called: https everywhere, plain http only on this machine.
import { placeholdersIn } from '../../contract/placeholders.ts'
import type { Service } from '../../contract/service.ts'
import { isLoopback } from '../loopback.ts'
import { invalid, problem } from '../problem.ts'
import { endpointAddress, expandBase, partsOf, type Values } from './endpoint-values.ts'

/** Normalizes a base URL: no trailing slash, query, fragment or credentials. Throws `invalid_input`. */
export function normaliseBaseUrl(text: string): string {
  const typed = text.trim()
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`)
  if (!url?.hostname) throw invalid('baseUrl', 'The base URL is not an address.', 'Enter it as https://host.')
  if (url.username || url.password) throw invalid('baseUrl', 'The base URL must not hold a user name or password.')
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw invalid('baseUrl', 'Plain http is accepted on this machine only.', 'Use the https:// address.')
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw invalid('baseUrl', 'The base URL must be https, or http on this machine.')
  return url.origin + url.pathname.replace(/\/+$/, '')
}

export type EndpointName = Exclude<keyof Service['endpoints'], 'origins'>

/** `given` are values that the redirect or a token response brought along; `null` if the service has no such endpoint. */
export function endpointOf(service: Service, name: EndpointName, baseUrl: string, given: Values = {}): string | null {
  const template = service.endpoints[name]
  return template ? endpointAddress(template, service, baseUrl, given) : null
}

/** Throws `not_supported` if the service has none. */
export function authorizationEndpointOf(service: Service, baseUrl: string): string {
  const authorization = endpointOf(service, 'authorization', baseUrl)
  if (authorization !== null) return authorization
  throw problem(
    'not_supported',
    `${service.name} has no authorization endpoint, so no grant can begin in the browser.`,
    'Choose another grant, or enter the endpoint in the service’s description.',
  )
}

/** Where a service's API lives: relative paths follow `root`, and tokens are sent to `origins` alone. */
export interface ApiPlace {
  root: string
  origins: string[]
}

type Placed = Pick<Service, 'api'> & Partial<Pick<Service, 'base' | 'name'>>

/**
 * Without `api.origins`, the API is at the base URL. `given` are values that the token endpoint gave, which some origins are made
 * of; `null` if none is known.
 */
export function apiPlaceOf({ api, ...based }: Placed, baseUrl: string, given: Values): ApiPlace | null {
  const values = { ...given, ...(partsOf(based, baseUrl) ?? {}) }
  const roots = (api?.origins ?? ['{base}']).flatMap((origin) => apiRoot(origin, baseUrl, values) ?? [])
  const [root] = roots
  return root === undefined ? null : { root, origins: [...new Set(roots.map((one) => new URL(one).origin))] }
}

/** `null` if a value is missing, or makes no address that a token may be sent to. */
function apiRoot(template: string, baseUrl: string, given: Values): string | null {
  if (placeholdersIn(template.replace('{base}', '')).length === 0)
    return expandBase(template, baseUrl).replace(/\/+$/, '')
  const whole = /^\{(\w+)\}$/.exec(template)?.[1]
  const address =
    whole === undefined
      ? template.replace(/\{(\w+)\}/g, (open, name: string) => (isHostName(given[name]) ? (given[name] ?? open) : open))
      : (given[whole] ?? '')
  try {
    const root = normaliseBaseUrl(address)
    // A server elsewhere has nothing to say about this machine.
    return isLoopback(new URL(root).hostname) && !isLoopback(new URL(baseUrl).hostname) ? null : root
  } catch {
    return null
  }
}

function isHostName(value: string | undefined): boolean {
  return value !== undefined && /^[a-z0-9](?:[a-z0-9.-]{0,200}[a-z0-9])?$/i.test(value)
}

/** Values as the token endpoint could give them, to check a path before it has. */
export function sampleValues({ api }: Pick<Service, 'api'>): Record<string, string> {
  const samples = (api?.origins ?? []).flatMap((origin) =>
    placeholdersIn(origin).map((open) => [open.slice(1, -1), open === origin ? 'https://kept.example' : 'kept']),
  )
  return Object.fromEntries(samples)
}

/** The origin of an address that a person names as an API's. Throws `invalid_input`. */
export function originOf(text: string): string {
  return new URL(normaliseBaseUrl(text)).origin
}

/** Whether a typed path is an absolute URL. */
export function isAbsolute(path: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(path)
}

/**
 * The URL of an API path at a connection's service; `{base}` begins one under the base URL.
 * @throws `invalid_input` for an origin that the service does not name: a connection's token is never sent there.
 */
export function apiAddress(path: string, baseUrl: string, service: Placed = {}, given: Values = {}): URL {
  const full = path.replace(/^\{base\}(?=[/?]|$)/, () => baseUrl)
  const [open] = placeholdersIn(full)
  if (open === '{slug}' || open === '{workspace_id}') {
    throw invalid('path', 'This path needs the workspace, and none is chosen.', 'Choose or name it first.')
  }
  if (open) throw invalid('path', `Fill in ${open} in the path first.`)
  const place = apiPlaceOf(service, baseUrl, given)
  if (place === null) {
    const origins = service.api?.origins.join(', ')
    throw invalid(
      'path',
      `The service has not said where its API is: ${origins} is not known.`,
      'Refresh or reconnect: the value comes with the tokens.',
    )
  }
  const { root, origins } = place
  const url = URL.parse(isAbsolute(full) ? full : `${root}/${full.replace(/^\/+/, '')}`)
  if (!url) throw invalid('path', 'The path is not an address.')
  if (!origins.includes(url.origin)) {
    const hosts = origins.map((origin) => new URL(origin).host).join(', ')
    throw invalid(
      'path',
      `The address is on ${url.host}, but this connection’s token is for ${hosts} and is sent nowhere else.`,
      'Copy the token to send it there yourself, or describe a service of your own that names that origin as its API’s.',
    )
  }
  if (url.username || url.password) {
    throw invalid('path', 'The address must not hold a user name or password.', 'The token is sent in its header.')
  }
  return url
}
