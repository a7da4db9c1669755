// An entry of an HTTP Archive as a request and its response, whatever program wrote it. Anything may stand in it: what is not
// what it should be is taken for absent. @see http://www.softwareishard.com/blog/har-12-spec/#entries
import type { RecordedRequest, RecordedResponse } from '../../contract/flow/exchange.ts'
import { bodyText } from '../flows/bounded-body.ts'
import { isObject } from '../json-path.ts'
import { CutText } from './json-picker.ts'

export interface HarMessage {
  /** When the request was sent (ms since the epoch). */
  at: number
  request: RecordedRequest
  /** `null` if none came. */
  response: RecordedResponse | null
  timing: { waiting: number | null; receiving: number | null; whole: number | null }
}

/** As much of a body as is recorded of our own exchanges (characters). */
const longestBody = 64 * 1024
/** A longer address is none that matters here (characters). */
const longestAddress = 32 * 1024
const mostHeaders = 200
const longestHeader = 16 * 1024
/** Where no calendar goes. */
const latestDate = 8.64e15

/** `null` if it has no address. */
export function readHarEntry(entry: unknown): HarMessage | null {
  const request = isObject(entry) ? readRequest(entry.request) : null
  if (!isObject(entry) || request === null) return null
  const timings = isObject(entry.timings) ? entry.timings : {}
  return {
    at: dateIn(entry.startedDateTime),
    request,
    response: readResponse(entry.response),
    timing: { waiting: duration(timings.wait), receiving: duration(timings.receive), whole: duration(entry.time) },
  }
}

/** @see RFC 9110 §9.1; every method in use is made of letters. */
const methodName = /^[A-Z]{1,40}$/

function readRequest(value: unknown): RecordedRequest | null {
  if (!isObject(value)) return null
  const url = textOf(value.url)
  if (url === null || url.length > longestAddress || !/^https?:\/\//i.test(url)) return null
  const method = textOf(value.method)?.toUpperCase() ?? 'GET'
  if (!methodName.test(method)) return null
  const headers = headersIn(value.headers)
  const posted = isObject(value.postData) ? value.postData : {}
  const body = bounded(textOf(posted.text) || formOf(posted.params), isCut(posted.text))
  const mimeType = textOf(posted.mimeType)
  // Some programs leave out the header, and tell what the body is.
  const isTyped = headers.some(([name]) => name.toLowerCase() === 'content-type')
  if (body.body !== null && mimeType && !isTyped) headers.push(['content-type', mimeType])
  return { method, url, headers, ...body }
}

function readResponse(value: unknown): RecordedResponse | null {
  if (!isObject(value) || typeof value.status !== 'number') return null
  // Developer tools write 0 for a request that was blocked or failed.
  if (!Number.isInteger(value.status) || value.status < 100 || value.status > 999) return null
  const headers = headersIn(value.headers)
  const location = textOf(value.redirectURL)
  if (location && !headers.some(([name]) => name.toLowerCase() === 'location')) headers.push(['location', location])
  const content = isObject(value.content) ? value.content : {}
  const text = contentText(content)
  const size =
    typeof content.size === 'number' && Number.isSafeInteger(content.size) && content.size >= 0 ? content.size : null
  const statusText = textOf(value.statusText)?.slice(0, 200) ?? ''
  return { status: value.status, statusText, headers, ...bounded(text, isCut(content.text)), size }
}

function contentText(content: Record<string, unknown>): string | null {
  const text = textOf(content.text)
  if (text === null || textOf(content.encoding)?.toLowerCase() !== 'base64') return text
  const bytes = Buffer.from(text.slice(0, 2 * longestBody), 'base64')
  return bodyText(bytes, textOf(content.mimeType))
}

function bounded(text: string | null, isCut: boolean): { body: string | null; truncated: boolean } {
  const body = text || null
  return { body: body?.slice(0, longestBody) ?? null, truncated: body !== null && (isCut || body.length > longestBody) }
}

function headersIn(value: unknown): [string, string][] {
  return (
    pairsIn(value)
      // The names of HTTP/2's own fields begin with a colon.
      .filter(([name]) => /^[!#$%&'*+.^_`|~\w-]+$/.test(name))
      .map(([name, text]): [string, string] => [name.slice(0, 200), text.slice(0, longestHeader)])
  )
}

/** The parameters of a form whose text was not kept. */
function formOf(value: unknown): string | null {
  const pairs = pairsIn(value)
  return pairs.length === 0 ? null : new URLSearchParams(pairs).toString()
}

function pairsIn(value: unknown): [string, string][] {
  if (!Array.isArray(value)) return []
  return value.slice(0, mostHeaders).flatMap((one): [string, string][] => {
    const name = isObject(one) ? textOf(one.name) : null
    return name === null ? [] : [[name, (isObject(one) ? textOf(one.value) : null) ?? '']]
  })
}

function textOf(value: unknown): string | null {
  if (value instanceof CutText) return value.start
  return typeof value === 'string' ? value : null
}

function isCut(value: unknown): boolean {
  return value instanceof CutText
}

function duration(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? Math.round(value) : null
}

function dateIn(value: unknown): number {
  const at = Date.parse(textOf(value)?.slice(0, 60) ?? '')
  return Number.isNaN(at) || Math.abs(at) > latestDate ? 0 : at
}
