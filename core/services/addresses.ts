// Turns a description's templates into URLs that may be called: https everywhere, plain http only on this machine.
import { placeholdersIn } from '../../contract/placeholders.ts'
import type { Service } from '../../contract/service.ts'
import { isLoopback } from '../loopback.ts'
import { invalid } from '../problem.ts'

export interface Endpoints {
  authorization: string
  token: string
  revocation: string | null
  deviceAuthorization: string | null
}

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

/** Replaces `{base}` in a template of a service's description. */
export function expandBase(template: string, baseUrl: string): string {
  return template.replaceAll('{base}', baseUrl)
}

export function endpointsOf(service: Service, baseUrl: string): Endpoints {
  const { authorization, token, revocation, deviceAuthorization } = service.endpoints
  return {
    authorization: expandBase(authorization, baseUrl),
    token: expandBase(token, baseUrl),
    revocation: revocation ? expandBase(revocation, baseUrl) : null,
    deviceAuthorization: deviceAuthorization ? expandBase(deviceAuthorization, baseUrl) : null,
  }
}

/** Whether a typed path is an absolute URL. */
export function isAbsolute(path: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(path)
}

/**
 * The URL of an API path under a connection's base URL.
 * @throws `invalid_input` for another origin: a connection's token is never sent there.
 */
export function apiAddress(path: string, baseUrl: string): URL {
  const [open] = placeholdersIn(path)
  if (open === '{slug}' || open === '{workspace_id}') {
    throw invalid('path', 'This path needs the workspace, and none is chosen.', 'Choose or name it first.')
  }
  if (open) throw invalid('path', `Fill in ${open} in the path first.`)
  const url = URL.parse(isAbsolute(path) ? path : `${baseUrl}/${path.replace(/^\/+/, '')}`)
  if (!url) throw invalid('path', 'The path is not an address.')
  if (url.origin !== new URL(baseUrl).origin) {
    throw invalid(
      'path',
      `The address is on ${url.host}, but this connection’s token is for ${new URL(baseUrl).host} and is sent nowhere else.`,
      'Copy the token to send it there yourself, or describe a service of your own with that address as its base URL.',
    )
  }
  if (url.username || url.password) {
    throw invalid('path', 'The address must not hold a user name or password.', 'The token is sent in its header.')
  }
  return url
}
