// The challenges of a response: which authentication schemes it wants, and why what was sent was not enough.
// @see RFC 9110 §11.6.1, RFC 6750 §3
import type { RecordedResponse } from '../../../contract/flow/exchange.ts'

export interface Challenge {
  /** In lower case. */
  scheme: string
  /** By their names in lower case. */
  parameters: Map<string, string>
}

const token = String.raw`[!#$%&'*+.^_\`|~0-9A-Za-z-]+`
const quoted = String.raw`"((?:[^"\\]|\\.)*)"`
/** A parameter, or the scheme of the next challenge. */
const part = new RegExp(String.raw`(${token})[ \t]*(?:=[ \t]*(?:${quoted}|([^\s,"]+)))?`, 'g')

export function challengesOf({ headers }: Pick<RecordedResponse, 'headers'>): Challenge[] {
  const found: Challenge[] = []
  for (const [name, value] of headers) {
    if (name.toLowerCase() === 'www-authenticate') found.push(...challengesIn(value))
  }
  return found
}

function challengesIn(header: string): Challenge[] {
  const found: Challenge[] = []
  for (const [, name = '', text, plain] of header.matchAll(part)) {
    const value = text?.replace(/\\(.)/g, '$1') ?? plain
    if (value === undefined) found.push({ scheme: name.toLowerCase(), parameters: new Map() })
    else found.at(-1)?.parameters.set(name.toLowerCase(), value)
  }
  return found
}

/** A parameter of the challenge for Bearer tokens, or of that of a scheme like it. */
export function bearerParameter(response: RecordedResponse, name: string): string | null {
  const like = challengesOf(response).filter(({ scheme }) => scheme === 'bearer' || scheme === 'dpop')
  return like.find(({ parameters }) => parameters.has(name))?.parameters.get(name) ?? null
}
