// A request as one curl command for a POSIX shell.

interface CurlRequest {
  method: string
  url: string
  headers: readonly (readonly [string, string])[]
  body?: string | null | undefined
  /** User name and password of HTTP Basic, which curl encodes itself. */
  user?: string | undefined
}

/** One argument in single quotes, which leave nothing to the shell. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** The command, an argument a line; `quoted` makes each argument one word of the shell. */
export function curlOf({ method, url, headers, body, user }: CurlRequest, quoted = shellQuoted): string {
  const parts = ['curl']
  if (method === 'HEAD') parts.push('--head')
  else if (method !== 'GET') parts.push(`--request ${/^[A-Za-z]+$/.test(method) ? method : shellQuoted(method)}`)
  parts.push(quoted(url))
  if (user !== undefined) parts.push(`--user ${quoted(user)}`)
  for (const [name, value] of headers) parts.push(`--header ${quoted(`${name}: ${value}`)}`)
  if (body) parts.push(`--data-raw ${quoted(body)}`)
  return parts.join(' \\\n  ')
}
