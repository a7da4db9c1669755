// What a message is in OAuth, by its own parameters and address: a program is not asked which endpoints it uses.

import type { Purpose } from '../../contract/flow/exchange.ts'
import { headerValue } from '../../contract/header-value.ts'
import { isObject, parseJson } from '../json-path.ts'
import type { HarMessage } from './har-entry.ts'

/** What a message was found to be. */
export type OAuthMessage = HarMessage & { asked: URLSearchParams; answered: Record<string, unknown> } & (
    | { is: 'authorization_request'; endpoint: string; parameters: [string, string][] }
    /** It may be an authorization response, if its address is a redirect URI. */
    | { is: 'redirect'; redirectUri: string; parameters: [string, string][] }
    | { is: 'exchange'; purpose: Purpose; to: 'authorization_server' | 'api' }
    /** Its response sends the browser on with what may be an authorization response. */
    | { is: 'sent_on' }
    /** An API request with a token. */
    | { is: 'api_request'; token: string }
  )

const grantTypes: Record<string, Purpose> = {
  authorization_code: { kind: 'token_request', grantType: 'authorization_code' },
  client_credentials: { kind: 'token_request', grantType: 'client_credentials' },
  password: { kind: 'token_request', grantType: 'password' },
  'urn:ietf:params:oauth:grant-type:device_code': { kind: 'token_request', grantType: 'device_code' },
  refresh_token: { kind: 'refresh', with: 'refresh_token' },
}

const documents: [RegExp, Extract<Purpose, { kind: 'discovery' }>['document']][] = [
  [/\/\.well-known\/oauth-authorization-server(?:\/|$)/, 'oauth_authorization_server'],
  [/\/\.well-known\/openid-configuration(?:\/|$)/, 'openid_configuration'],
  [/\/\.well-known\/oauth-protected-resource(?:\/|$)/, 'protected_resource'],
]

/** `null` for a message that has nothing to do with OAuth. */
export function findOAuth(message: HarMessage): OAuthMessage | null {
  const url = URL.parse(message.request.url)
  if (url === null) return null
  const asked = parametersOf(message, url)
  const found = { ...message, asked, answered: jsonOf(message.response?.body) }
  const purpose = purposeOf(found, url)
  if (purpose)
    return { ...found, is: 'exchange', purpose, to: purpose.kind === 'identify' ? 'api' : 'authorization_server' }
  if (isAuthorization(url.searchParams) || (message.request.method === 'POST' && isAuthorization(asked)))
    return { ...found, is: 'authorization_request', endpoint: bare(url), parameters: [...asked] }
  if (isAnswer(asked)) return { ...found, is: 'redirect', redirectUri: bare(url), parameters: [...asked] }
  const token = bearerOf(message)
  if (token !== null) return { ...found, is: 'api_request', token }
  return redirectWithin(message) === null ? null : { ...found, is: 'sent_on' }
}

/** The authorization response that a response sends the browser on with; `null` for any other. */
export function redirectWithin(message: HarMessage): { redirectUri: string; parameters: [string, string][] } | null {
  const location = headerValue(message.response?.headers ?? [], 'location')
  const url = location === null ? null : URL.parse(location, message.request.url)
  if (url === null) return null
  const parameters = new URLSearchParams(url.search)
  for (const [name, value] of new URLSearchParams(url.hash.slice(1))) parameters.append(name, value)
  return isAnswer(parameters) ? { redirectUri: bare(url), parameters: [...parameters] } : null
}

/** An address without query and fragment, as a redirect URI is compared. */
export function bare(url: URL): string {
  return url.href.replace(/[?#].*$/s, '')
}

/** @see RFC 6749 §4.1.1 and RFC 9126 §4 */
function isAuthorization(parameters: URLSearchParams): boolean {
  return parameters.has('client_id') && (parameters.has('response_type') || parameters.has('request_uri'))
}

/** @see RFC 6749 §4.1.2 */
function isAnswer(parameters: URLSearchParams): boolean {
  const isAnswered = parameters.has('code') || parameters.has('error') || parameters.has('access_token')
  return isAnswered && !parameters.has('grant_type') && !parameters.has('client_id')
}

function purposeOf(message: HarMessage & { asked: URLSearchParams; answered: Record<string, unknown> }, url: URL) {
  const { asked, answered, request } = message
  const document = documents.find(([path]) => path.test(url.pathname))?.[1]
  if (document && request.method === 'GET') return { kind: 'discovery', document } satisfies Purpose
  if (Array.isArray(answered.keys) && /jwk|keys|certs/i.test(url.pathname))
    return { kind: 'issuer_keys' } satisfies Purpose
  if (/\/userinfo\/?$/i.test(url.pathname)) return { kind: 'identify' } satisfies Purpose
  return request.method === 'POST' ? posted(asked, answered, url) : null
}

function posted(asked: URLSearchParams, answered: Record<string, unknown>, { pathname }: URL): Purpose | null {
  const grantType = asked.get('grant_type')
  // Of another grant nothing more is known than that it is one.
  if (grantType !== null)
    return (Object.hasOwn(grantTypes, grantType) && grantTypes[grantType]) || { kind: 'api_request' }
  const token = asked.get('token_type_hint') === 'refresh_token' ? 'refresh_token' : 'access_token'
  if (asked.has('token')) {
    if (/revo/i.test(pathname)) return { kind: 'revocation', token, encoding: 'form', otherEncoding: false }
    if (/introspect/i.test(pathname) || typeof answered.active === 'boolean') return { kind: 'introspection', token }
  }
  if (!asked.has('client_id') && !('device_code' in answered) && !('request_uri' in answered)) return null
  if ('device_code' in answered || /device/i.test(pathname)) return { kind: 'device_authorization' }
  return 'request_uri' in answered || /\/par\/?$/i.test(pathname) ? { kind: 'pushed_authorization' } : null
}

/** Those of the query and of the body, a form or a flat JSON object. */
function parametersOf({ request }: HarMessage, url: URL): URLSearchParams {
  const parameters = new URLSearchParams(url.search)
  const { body } = request
  if (body === null) return parameters
  if (!/^\s*[{[]/.test(body)) {
    const isForm =
      /x-www-form-urlencoded/i.test(headerValue(request.headers, 'content-type') ?? '') || /^[\w.-]+=/.test(body)
    for (const [name, value] of isForm ? new URLSearchParams(body) : []) parameters.append(name, value)
    return parameters
  }
  for (const [name, value] of Object.entries(jsonOf(body))) {
    if (typeof value === 'string' || typeof value === 'number') parameters.append(name, String(value))
  }
  return parameters
}

function jsonOf(text: string | null | undefined): Record<string, unknown> {
  if (!text || !/^\s*\{/.test(text)) return {}
  const value = parseJson(text)
  return isObject(value) ? value : {}
}

function bearerOf({ request }: HarMessage): string | null {
  return /^(?:bearer|dpop|token)\s+(\S+)\s*$/i.exec(headerValue(request.headers, 'authorization') ?? '')?.[1] ?? null
}
