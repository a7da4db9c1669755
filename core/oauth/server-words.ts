// Finds the server's own words about a refusal: in the protocol's members, its framework's members, the WWW-Authenticate
// header, or an HTML page.
import { isObject, parseJson } from '../json-path.ts'

export interface ServerWords {
  error: string | null
  errorDescription: string | null
}

const longest = 300

/** `text` is the raw body. The words may have any length. Never throws. */
export function serverWords(headers: Pick<Headers, 'get'>, text: string): ServerWords {
  const said = fromJson(text) ?? fromForm(text)
  const challenge = fromChallenge(headers.get('www-authenticate'))
  const error = said?.error ?? challenge.error
  const errorDescription = said?.errorDescription ?? challenge.errorDescription ?? (said ? null : fromPage(text))
  return { error, errorDescription }
}

/** One line, without control characters, at most 300 characters. */
export function bounded(text: string | null | undefined): string | null {
  const line = oneLine(text ?? '')
  if (line === '') return null
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line
}

export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
}

function fromJson(text: string): ServerWords | null {
  const parsed = parseJson(text)
  const body = Array.isArray(parsed) ? parsed[0] : parsed
  if (typeof body === 'string') return { error: null, errorDescription: body }
  if (!isObject(body)) return null
  const { error } = body
  const nested = isObject(error) ? error : isObject(firstOf(body.errors)) ? firstOf(body.errors) : null
  const inner = isObject(nested) ? nested : {}
  const name = first(error, inner.code, inner.type, inner.error, body.error_code, body.code)
  const said = first(body.error_description, inner.message, inner.description, inner.detail, body.message)
  const description = first(said, body.detail, body.error_message, body.title, body.reason, firstOf(body.errors))
  const hint = first(body.hint)
  const both = description !== null && hint !== null && !description.includes(hint) ? `${description} ${hint}` : null
  return { error: name, errorDescription: both ?? description ?? hint }
}

function fromForm(text: string): ServerWords | null {
  if (!/^[\w.-]+=[^<{\s]*$/.test(text.trim())) return null
  const form = new URLSearchParams(text.trim())
  const error = form.get('error')
  return error === null ? null : { error, errorDescription: form.get('error_description') }
}

/** @see https://www.rfc-editor.org/rfc/rfc6750#section-3 */
function fromChallenge(header: string | null): ServerWords {
  const value = (name: string) => {
    const quoted = new RegExp(`(?:^|[\\s,])${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s,"]+))`, 'i').exec(
      header ?? '',
    )
    return quoted ? (quoted[1]?.replace(/\\(.)/g, '$1') ?? quoted[2] ?? null) : null
  }
  return { error: value('error'), errorDescription: value('error_description') }
}

/** The first visible line. */
function fromPage(text: string): string | null {
  const readable = text
    .slice(0, 20_000)
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<(script|style|template)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<\/?(?:b|i|em|strong|span|code|a|small|u|font)\b[^<>]*>/gi, '')
    .replace(/<[^<>]*>/g, '\n')
  const line = entitiesDecoded(readable)
    .split('\n')
    .map((one) => one.trim())
    .find((one) => /\p{L}{2}/u.test(one))
  return line ?? null
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

function entitiesDecoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,6}));/gi, (all, decimal, hex, name) => {
    if (name) return entities[name.toLowerCase()] ?? all
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all
  })
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined
}

function first(...values: unknown[]): string | null {
  for (const value of values) {
    if (typeof value === 'string' && value.trim() !== '') return value
    if (typeof value === 'number') return String(value)
  }
  return null
}
