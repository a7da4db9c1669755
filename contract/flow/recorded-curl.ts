// A recorded request as a curl command in which each secret is a variable of the shell: `<access_token:3f2a>` becomes
// `$GRANTDESK_ACCESS_TOKEN`, a name that no environment has: what was imported must not name a variable with a secret in it. Two secrets of one kind get two variables, one secret the same everywhere.
import { curlOf, shellQuoted } from '../curl.ts'
import type { RecordedRequest } from './exchange.ts'
import { pseudonymPattern } from './pseudonym.ts'

/** What curl makes by itself. */
const ownHeaders = new Set(['host', 'content-length', 'connection', 'transfer-encoding'])

/** What an authorization header of HTTP Basic stands for, as it is recorded: `Basic <client:<client_secret:3f2a>>`. */
function basicUser([name, value]: [string, string]): string | undefined {
  return name.toLowerCase() === 'authorization' ? /^basic <(.+:.*>)>$/i.exec(value)?.[1] : undefined
}

/** What no line of a terminal should hold; a body may have several lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const controls = /[\u0000-\u001f\u007f-\u009f]/

/** Whether it can be written as a command: an address that is no option of curl, and nothing that a terminal would act on. */
function isWritable({ method, url, headers, body }: RecordedRequest): boolean {
  const texts = [method, url, ...headers.flat(), (body ?? '').replace(/[\t\r\n]/g, '')]
  return /^https?:\/\//i.test(url) && !texts.some((text) => controls.test(text))
}

/**
 * The command; `null` where only the beginning of the body was kept, and where it cannot be written safely. A variable holds what
 * goes over the wire.
 */
export function recordedCurl(request: RecordedRequest): string | null {
  const { method, url, headers, body, truncated } = request
  if (truncated || !isWritable(request)) return null
  const names = new Map<string, string>()

  function nameOf(whole: string, label: string): string {
    const known = names.get(whole)
    if (known !== undefined) return known
    const plain = `GRANTDESK_${label.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`
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
