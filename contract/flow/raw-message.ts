// A recorded message as it was recorded, in one text: its first line, its headers, an empty line, its body. The version of HTTP
// is not recorded, and not made up.
import type { RecordedRequest, RecordedResponse } from './exchange.ts'

function rawText(start: string, headers: readonly (readonly [string, string])[], body: string | null): string {
  const head = [start, ...headers.map(([name, value]) => `${name}: ${value}`)].join('\n')
  return body === null || body === '' ? head : `${head}\n\n${body}`
}

export function rawRequest({ method, url, headers, body }: RecordedRequest): string {
  return rawText(`${method} ${url}`, headers, body)
}

export function rawResponse({ status, statusText, headers, body }: RecordedResponse): string {
  return rawText(`${status} ${statusText}`.trim(), headers, body)
}
