// A recorded request as a curl command in which each secret is a variable of the shell: `<access_token:3f2a>` becomes
// `$ACCESS_TOKEN`. Two secrets of one kind get two variables, one secret the same everywhere.
import { curlOf, shellQuoted } from '../curl.ts'
import type { RecordedRequest } from './exchange.ts'
import { pseudonymPattern } from './pseudonym.ts'

/** What curl makes by itself. */
const ownHeaders = new Set(['host', 'content-length', 'connection', 'transfer-encoding'])

/** What an authorization header of HTTP Basic stands for, as it is recorded: `Basic <client:<client_secret:3f2a>>`. */
function basicUser([name, value]: [string, string]): string | undefined {
  return name.toLowerCase() === 'authorization' ? /^basic <(.+:.*>)>$/i.exec(value)?.[1] : undefined
}

/** The command; `null` where only the beginning of the body was kept. A variable holds what goes over the wire. */
export function recordedCurl({ method, url, headers, body, truncated }: RecordedRequest): string | null {
  if (truncated) return null
  const names = new Map<string, string>()

  function nameOf(whole: string, label: string): string {
    const known = names.get(whole)
    if (known !== undefined) return known
    const plain = label.toUpperCase().replace(/[^A-Z0-9]+/g, '_')
    const same = [...names.values()].filter((name) => name.replace(/_\d+$/, '') === plain).length
    const name = same === 0 ? plain : `${plain}_${same + 1}`
    names.set(whole, name)
    return name
  }

  function quoted(text: string): string {
    const words: string[] = []
    let end = 0
    for (const match of text.matchAll(pseudonymPattern)) {
      if (match.index > end) words.push(shellQuoted(text.slice(end, match.index)))
      words.push(`"$${nameOf(match[0], match[1] ?? '')}"`)
      end = match.index + match[0].length
    }
    if (end < text.length || words.length === 0) words.push(shellQuoted(text.slice(end)))
    return words.join('')
  }

  const sent = headers.filter(([name]) => !ownHeaders.has(name.toLowerCase()))
  const user = sent.map(basicUser).find((found) => found !== undefined)
  return curlOf({ method, url, headers: sent.filter((header) => !basicUser(header)), body, user }, quoted)
}
