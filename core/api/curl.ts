// A request as one curl command for a POSIX shell, every argument in single quotes.
import type { RequestInput } from '../../contract/request.ts'
import { resolveRequest, type Typed } from './resolve.ts'

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

type Asked = Typed & Pick<RequestInput, 'method' | 'body'>

/** Throws `invalid_input` for a path of another origin or with an unfilled placeholder. */
export function curlCommand(asked: Asked): string {
  const { url, headers } = resolveRequest(asked)
  const parts = ['curl']
  if (asked.method === 'HEAD') parts.push('--head')
  else if (asked.method !== 'GET') parts.push(`--request ${asked.method}`)
  parts.push(quoted(url.href))
  for (const [name, value] of headers) parts.push(`--header ${quoted(`${name}: ${value}`)}`)
  if (asked.body) parts.push(`--data-raw ${quoted(asked.body)}`)
  return parts.join(' \\\n  ')
}
