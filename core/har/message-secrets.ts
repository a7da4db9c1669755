// The secrets that stand in an archive's messages: by the names of parameters and members, by the headers that carry
// credentials, and by their form. What of them repeats elsewhere is found by value (redactor.ts).
import { headerValue } from '../../contract/header-value.ts'
import { isSecretMember, labelOf, looksRandom } from '../flows/secret-names.ts'
import { isObject } from '../json-path.ts'
import type { Step } from './logins.ts'

/** A secret and its label. */
export type NamedSecret = [secret: string, label: string]

/** Parameters that are as good as a credential, although their names do not say so. */
const further = new Set([
  'id_token_hint',
  'logout_token',
  'request',
  'request_uri',
  'user_code',
  'sid',
  'saml_response',
])
const longestCookies = 40
const shortestCookie = 16
const deepest = 6
const jwt = /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g

/** Each once, with the label of where it stood first. */
export function secretsIn(steps: readonly Step[]): NamedSecret[] {
  const found = new Map<string, string>()
  for (const step of steps) {
    for (const [secret, label] of secretsOf(step)) if (secret !== '' && !found.has(secret)) found.set(secret, label)
  }
  return [...found]
}

function secretsOf(step: Step): NamedSecret[] {
  if (step.is === 'sent_back') return step.parameters.flatMap(named)
  const { asked, answered, request, response } = step
  // With `plain`, the challenge is the code verifier. @see RFC 7636 §4.2
  const challenge = asked.get('code_challenge_method') === 'S256' ? null : asked.get('code_challenge')
  const texts = [
    request.url,
    request.body ?? '',
    response?.body ?? '',
    // Gateways hand on who a person is in headers of their own names, such as `CF-Access-Jwt-Assertion`.
    ...[...request.headers, ...(response?.headers ?? [])].map(([, value]) => value),
  ]
  return [
    ...[...asked].flatMap(named),
    ...(challenge ? [[challenge, 'code_verifier'] satisfies NamedSecret] : []),
    ...membersOf(answered, 0),
    ...credentials(request.headers, step.is === 'api_request' ? 'api' : 'authorization'),
    ...cookies(request.headers, 'cookie'),
    ...cookies(response?.headers ?? [], 'set-cookie'),
    ...texts.flatMap(jwtsIn),
  ]
}

/** The JWTs in a text. @see RFC 7519 §3 */
export function jwtsIn(text: string): NamedSecret[] {
  return (text.match(jwt) ?? []).map((token): NamedSecret => [token, 'jwt'])
}

function named([name, value]: [string, string]): NamedSecret[] {
  const isSecret = isSecretMember(name, value, 'authorization', 'request') || further.has(name.toLowerCase())
  return isSecret ? [[value, labelOf(name)]] : []
}

function membersOf(answer: Record<string, unknown>, depth: number): NamedSecret[] {
  return Object.entries(answer).flatMap(([name, value]): NamedSecret[] => {
    if (isObject(value)) return depth < deepest ? membersOf(value, depth + 1) : []
    if (typeof value !== 'string' || !isSecretMember(name, value, 'authorization', 'response')) return []
    return [[value, labelOf(name)]]
  })
}

/** @see RFC 6749 §2.3.1 and RFC 6750 §2.1 */
function credentials(headers: readonly [string, string][], context: 'authorization' | 'api'): NamedSecret[] {
  const [, scheme = '', text = ''] = /^(\S+)\s+(\S[\s\S]*)$/.exec(headerValue(headers, 'authorization') ?? '') ?? []
  if (text === '') return []
  if (!/^basic$/i.test(scheme))
    return [[text, /^(?:bearer|dpop|token)$/i.test(scheme) ? 'access_token' : 'credentials']]
  const [, user = '', password = ''] = /^([^:]*):([\s\S]*)$/.exec(Buffer.from(text, 'base64').toString('utf8')) ?? []
  const decoded = decode(password)
  const label = context === 'api' ? 'password' : 'client_secret'
  const passwords = [...new Set([decoded, password])]
    .filter((one) => one !== '')
    .map((one): NamedSecret => [one, label])
  return [...passwords, ...(context === 'api' && looksRandom(user) ? [[user, 'user'] satisfies NamedSecret] : [])]
}

function cookies(headers: readonly [string, string][], which: 'cookie' | 'set-cookie'): NamedSecret[] {
  const lines = headers.filter(([name]) => name.toLowerCase() === which).map(([, value]) => value)
  const pairs =
    which === 'cookie' ? lines.flatMap((line) => line.split(';')) : lines.map((line) => line.split(';')[0] ?? '')
  return pairs.slice(0, longestCookies).flatMap((pair): NamedSecret[] => {
    const value = pair.slice(pair.indexOf('=') + 1).trim()
    return value.length >= shortestCookie ? [[value, 'cookie']] : []
  })
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
