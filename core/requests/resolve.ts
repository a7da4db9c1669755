// From what the person typed to what is sent: placeholders filled, address checked, the token's header last.
import type { Workspace } from '../../contract/connection.ts'
import { invalid } from '../problem.ts'
import { apiAddress, fillPlaceholders } from '../services/addresses.ts'

interface Typed {
  path: string
  headers: [string, string][]
  baseUrl: string
  workspace: Workspace | null
  bearer: [string, string]
}

/** The header field grammar of RFC 9110 §5.1 and §5.5, as far as a person can get it wrong. */
function checkHeader([name, value]: [string, string]): void {
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) throw invalid('headers', `“${name}” is not a header name.`)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
  if (/[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]/.test(value)) {
    throw invalid('headers', `The value of ${name} holds a character that headers cannot carry.`)
  }
}

/** Throws `invalid_input` for another origin, an open placeholder, or a header that cannot be sent. */
export function resolveRequest({ path, headers, baseUrl, workspace, bearer }: Typed) {
  const values = { slug: workspace?.slug, workspace_id: workspace?.id }
  const url = apiAddress(fillPlaceholders(path.trim(), values), baseUrl)
  const typed = headers
    .filter(([name]) => name.trim() !== '')
    .map(([name, value]): [string, string] => [name.trim(), fillPlaceholders(value, values).trim()])
  for (const header of typed) checkHeader(header)
  const own = typed.some(([name]) => name.toLowerCase() === bearer[0].toLowerCase())
  return { url, headers: own ? typed : [...typed, bearer] }
}
