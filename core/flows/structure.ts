// Finds secrets by the structure of a message: parameters, JSON members, XML elements, form inputs, headers, the user part of a
// URL. Also works on invalid and truncated texts, and changes nothing else in them.
import type { Redactor } from './redactor.ts'
import { type Context, type Direction, isSecretHeader, isSecretMember, secrecyOf } from './secret-names.ts'

export interface Place {
  context: Context
  direction: Direction
}

/** A shorter cookie value may be an ordinary text, so it is not searched for elsewhere. */
const shortestCookie = 16

const parameter = /(?<![\w.-])([A-Za-z][\w.[\]-]{0,60})=([^&#\s"'<>;,()\\]*)/g
const jsonString = /"([\w.$ -]{1,80})"(\s*:\s*")([^"\\]*(?:\\[\s\S][^"\\]*)*)/g
const jsonNumber = /"([\w.$ -]{1,80})"(\s*:\s*)(-?\d[\d.eE+-]*)/g
const jsonList = /"([\w.$ -]{1,80})"(\s*:\s*)\[([^[\]{}]*)\]/g
const nestedJson = /(?<!\\)(\\{1,7})"([\w.$ -]{1,80})\\{1,7}"(\s*:\s*\\{1,7}")([^"\\]*)/g
const xmlElement = /<([A-Za-z][\w.-]{0,60})>([^<]{1,8192})<\//g
const inputTag = /<input\b[^<>]{0,2000}>/gi

/** Replaces the secrets that the text's structure shows, then all known secrets. */
export function redactText(redactor: Redactor, text: string, place: Place): string {
  const cover = coverIn(redactor, place)
  const found = text
    .replace(jsonString, (all, name, between, value) => {
      const shown = cover(name, unescapeJson(value))
      return shown === null ? all : `"${name}"${between}${shown}`
    })
    .replace(jsonNumber, (all, name, between, value) => {
      const shown = secrecyOf(name) === 'strong' ? cover(name, value) : null
      return shown === null ? all : `"${name}"${between}"${shown}"`
    })
    .replace(jsonList, (all, name, between, list) => {
      if (secrecyOf(name) !== 'strong' && redactor.labelOfMember(name) === null) return all
      return `"${name}"${between}[${list.replace(/"([^"\\]*(?:\\[\s\S][^"\\]*)*)"/g, (item: string, value: string) => {
        const shown = cover(name, unescapeJson(value))
        return shown === null ? item : `"${shown}"`
      })}]`
    })
    .replace(nestedJson, (all, slashes, name, between, value) => {
      const shown = cover(name, value)
      return shown === null ? all : `${slashes}"${name}${slashes}"${between}${shown}`
    })
    .replace(xmlElement, (all, name, value) => {
      const shown = cover(name, value.trim())
      return shown === null ? all : `<${name}>${shown}</`
    })
    .replace(inputTag, (tag) => redactInput(tag, cover))
    .replace(parameter, (all, name, value) => {
      const shown = cover(name, decode(value))
      return shown === null ? all : `${name}=${shown}`
    })
  return redactor.known(found)
}

type Cover = (name: string, value: string) => string | null

function coverIn(redactor: Redactor, { context, direction }: Place): Cover {
  return (name, value) => {
    // An earlier rule has replaced it already.
    if (/^<[a-z0-9_]+:[^<>]*>$/.test(value)) return null
    if (isSecretMember(name, value, context, direction)) return redactor.found(value, name)
    // Not searched for elsewhere: other members of this name may be ordinary words.
    const label = context === 'authorization' && direction === 'response' ? redactor.labelOfMember(name) : null
    return label !== null && value !== '' ? redactor.inPlace(value, label) : null
  }
}

function redactInput(tag: string, cover: Cover): string {
  const name = /\bname\s*=\s*["']?([\w.[\]-]+)/i.exec(tag)?.[1]
  if (name === undefined) return tag
  return tag.replace(/(\bvalue\s*=\s*)("[^"]*"|'[^']*'|[^\s>"']+)/i, (all, before, quoted) => {
    const shown = cover(name, quoted.replace(/^["']|["']$/g, ''))
    return shown === null ? all : `${before}"${shown}"`
  })
}

/** Redacts `a=b&c=d`, each value by its name. */
export function redactForm(redactor: Redactor, text: string, place: Place): string {
  const cover = coverIn(redactor, place)
  const pairs = text.split('&').map((pair) => {
    const at = pair.indexOf('=')
    if (at < 0) return pair
    const shown = cover(decode(pair.slice(0, at)), decode(pair.slice(at + 1)))
    return shown === null ? pair : `${pair.slice(0, at)}=${shown}`
  })
  return redactor.known(pairs.join('&'))
}

/** Redacts decoded names and values. */
export function redactParameters(redactor: Redactor, parameters: [string, string][], place: Place): [string, string][] {
  const cover = coverIn(redactor, place)
  const covered = parameters.map(([name, value]) => [name, cover(name, value) ?? value] as const)
  return covered.map(([name, value]): [string, string] => [redactor.known(name), redactor.known(value)])
}

/** Redacts the user part, the query and the fragment of an absolute or relative URL. */
export function redactAddress(redactor: Redactor, address: string, place: Place): string {
  const [before = '', query, fragment] = /^([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/.exec(address)?.slice(1) ?? [address]
  const start = before.replace(/^([a-z][a-z0-9+.-]*:\/\/)([^/@]+)@/i, (_all, scheme, user) => {
    return `${scheme}${redactor.found(decode(user), 'user_and_password')}@`
  })
  // The parameters of a URL are those of a request, even in a `Location` header of a response.
  const asked: Place = { ...place, direction: 'request' }
  // Host names are in lower case.
  const parts = [redactor.known(start, true)]
  if (query !== undefined) parts.push('?', redactForm(redactor, query, asked))
  if (fragment !== undefined) parts.push('#', redactForm(redactor, fragment, asked))
  // A secret that contains "?" or "#" was split between two parts.
  return redactor.known(parts.join(''))
}

export function redactHeaders(redactor: Redactor, headers: Iterable<[string, string]>, place: Place) {
  const redacted = [...headers].map(([name, value]) => [name, redactHeader(redactor, name, value, place)] as const)
  // Header names are in lower case, and may contain a secret that a value revealed.
  return redacted.map(([name, value]): [string, string] => [redactor.known(name, true), value])
}

function redactHeader(redactor: Redactor, name: string, value: string, place: Place): string {
  switch (name.toLowerCase()) {
    case 'authorization':
    case 'proxy-authorization':
      return redactCredentials(redactor, value, place)
    case 'cookie':
      return redactor.known(value.replace(/([^=;\s]+)=([^;]*)/g, (_all, key, text) => cookie(redactor, key, text)))
    case 'set-cookie':
      return redactor.known(value.replace(/^([^=;\s]+)=([^;]*)/, (_all, key, text) => cookie(redactor, key, text)))
    case 'location':
    case 'content-location':
    case 'referer':
      return redactAddress(redactor, value, place)
  }
  if (isSecretHeader(name) && value !== '') return redactor.found(value, name)
  // A service may want its token in a header of any name.
  const [, prefix = '', credentials = ''] = /^(\S+\s+)?(\S.*)$/s.exec(value) ?? []
  const shown =
    place.direction === 'request' && !ordinaryHeaders.has(name.toLowerCase()) && redactor.shownFor(credentials)
  return shown ? `${prefix}${shown}` : redactText(redactor, value, place)
}

/** Headers of every request, in which no secret stands. */
const ordinaryHeaders = new Set(['accept', 'accept-language', 'content-type', 'content-length', 'host', 'user-agent'])

function cookie(redactor: Redactor, name: string, value: string): string {
  if (value === '') return `${name}=`
  const shown = value.length >= shortestCookie ? redactor.found(value, 'cookie') : redactor.inPlace(value, 'cookie')
  return `${name}=${shown}`
}

/** Keeps the scheme and, for HTTP Basic, the client id, so that the flow shows how the client authenticated. */
function redactCredentials(redactor: Redactor, value: string, place: Place): string {
  const [, scheme, credentials] = /^(\S+)\s+([\s\S]*)$/.exec(value) ?? []
  if (scheme === undefined || credentials === undefined) return redactor.found(value, 'credentials')
  if (redactor.isShown(credentials)) return redactor.known(value)
  if (/^basic$/i.test(scheme)) return `${scheme} ${redactBasic(redactor, credentials, place)}`
  const label = /^(?:bearer|dpop|token)$/i.test(scheme) ? 'access_token' : 'credentials'
  return `${scheme} ${redactor.found(credentials, label)}`
}

function redactBasic(redactor: Redactor, credentials: string, { context }: Place): string {
  const text = Buffer.from(credentials, 'base64').toString('utf8')
  const at = text.indexOf(':')
  if (at < 0) return redactor.found(credentials, 'credentials')
  // At an API the user name may be the key itself (Redmine), so both parts are hidden.
  const user = context === 'api' ? part(redactor, text.slice(0, at), 'user') : redactor.known(text.slice(0, at))
  const secret = part(redactor, text.slice(at + 1), context === 'api' ? 'password' : 'client_secret')
  redactor.found(credentials, 'credentials')
  return `<${user}:${secret}>`
}

/** The user name or password of a Basic header; a known secret in another encoding keeps its pseudonym. */
function part(redactor: Redactor, text: string, label: string): string {
  if (text === '') return ''
  const shown = redactor.known(text)
  return /^<[a-z0-9_]+:[^<>]*>$/.test(shown) && shown !== text ? shown : redactor.found(text, label)
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return text
  }
}

function unescapeJson(text: string): string {
  try {
    return String(JSON.parse(`"${text}"`))
  } catch {
    return text
  }
}
