// Fills the placeholders of a service's endpoints: the base URL, parts of it that its template names, and values that the
// redirect or a token response brought along. Those decide where the code, the client secret and the refresh token are sent, so
// they lead to no origin that the description does not allow: a redirect passes through the browser, and may be forged.
import { fillHeader } from '../../contract/placeholders.ts'
import type { Service } from '../../contract/service.ts'
import { invalid, Problem } from '../problem.ts'

export type Values = Record<string, string>

type Based = Partial<Pick<Service, 'base' | 'name'>>

/** Replaces `{base}` in a template of a service's description. */
export function expandBase(template: string, baseUrl: string): string {
  return template.replaceAll('{base}', baseUrl)
}

/** A regular expression's source for what a placeholder stands for, in the host and behind it. */
const inHost = '[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?'
const inPath = '[A-Za-z0-9._~-]+'

function pattern(template: string): RegExp {
  const start = template.indexOf('//') + 2
  const hostEnd = template.indexOf('/', start)
  const source = template
    .replace(/[.*+?^$|()[\]\\]/g, '\\$&')
    .replace(
      /\{([a-z][a-z0-9_]*)\}/gi,
      (open, name: string) => `(?<${name}>${isBehind(template, open, hostEnd) ? inPath : inHost})`,
    )
  return new RegExp(`^${source}$`, 'i')
}

function isBehind(template: string, open: string, hostEnd: number): boolean {
  return hostEnd !== -1 && template.indexOf(open) > hostEnd
}

/** The parts of a base URL by the names in the service's template; `null` if it does not fit. */
export function partsOf({ base }: Based, baseUrl: string): Values | null {
  if (base?.template === undefined) return {}
  const found = pattern(base.template).exec(baseUrl)
  return found ? { ...found.groups } : null
}

/** Throws `invalid_input` for a base URL that does not fit the service's template. */
export function basePartsOf(service: Based, baseUrl: string): Values {
  const parts = partsOf(service, baseUrl)
  if (parts) return parts
  const { base, name } = service
  throw invalid('baseUrl', `${name}’s base URL has the form ${base?.template}.`, base?.hint || undefined)
}

/** The name of the value that stands for the origin of an endpoint's template; `null` if none does. */
export function endpointOrigin(template: string): string | null {
  return /^\{(?!base\})(\w+)\}(?=\/|$)/.exec(template)?.[1] ?? null
}

/**
 * An endpoint's address. A value that stands for the whole origin has to be one of `endpoints.origins`, or the base URL's, which
 * it also is while it is not known. Throws Problem.
 * @see https://www.rfc-editor.org/rfc/rfc9700#section-4.4
 */
export function endpointAddress(
  template: string,
  service: Pick<Service, 'base' | 'name' | 'endpoints'>,
  baseUrl: string,
  given: Values,
): string {
  const parts = basePartsOf(service, baseUrl)
  const expanded = expandBase(fillHeader(template, parts), baseUrl)
  const whole = endpointOrigin(expanded)
  const led =
    whole === null ? expanded : allowedOrigin(whole, service, baseUrl, given) + expanded.slice(whole.length + 2)
  return led.replace(/\{(\w+)\}/g, (_, name: string) => hostLabel(name, service, given))
}

function allowedOrigin(
  name: string,
  { endpoints, name: who }: Pick<Service, 'endpoints' | 'name'>,
  baseUrl: string,
  given: Values,
): string {
  const value = givenValue(given, name)
  if (value === undefined) return new URL(baseUrl).origin
  const named = originIn(value)
  if (named !== null && allowedOrigins({ endpoints }, baseUrl).includes(named)) return named
  throw notAllowed(
    `${who} names ${value.slice(0, 200)} as its ${name}, which its description does not allow. Nothing was sent there.`,
    'Begin again. If that address is the service’s, add its origin to endpoints.origins in the description.',
  )
}

/** A redirect chooses the names of what it brings: none of them is a member that every object has. */
function givenValue(given: Values, name: string): string | undefined {
  return Object.hasOwn(given, name) ? given[name] : undefined
}

/** The origins that a value may name for an endpoint. */
export function allowedOrigins({ endpoints }: Pick<Service, 'endpoints'>, baseUrl: string): string[] {
  return [...new Set([baseUrl, ...(endpoints.origins ?? [])].map((origin) => new URL(origin).origin))]
}

/** `null` for anything but an origin: a path, a query or a user name would lead elsewhere than it seems. */
export function originIn(value: string): string | null {
  const url = URL.parse(value)
  return url !== null && value.replace(/\/$/, '').toLowerCase() === url.origin ? url.origin : null
}

/** One label of a host whose further labels stand in the description, so that it stays under that domain. */
function hostLabel(name: string, { name: who }: Pick<Service, 'name'>, given: Values): string {
  const value = givenValue(given, name)
  if (value !== undefined && /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(value)) return value.toLowerCase()
  throw notAllowed(
    value === undefined
      ? `${who} has not said its ${name}, without which the address of this endpoint is not known.`
      : `${who} names ${value.slice(0, 200)} as its ${name}, which is no part of a host name.`,
    'Connect again: the value comes with the redirect.',
  )
}

function notAllowed(message: string, remedy: string): Problem {
  return new Problem({ kind: 'unexpected_answer', message, remedy, status: null })
}
