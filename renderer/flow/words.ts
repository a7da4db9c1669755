// The words of a flow’s kinds, and its recorded texts in parts.
import type { FlowSummary } from '../../contract/flow/flow.ts'

export const flowKindWords: Record<FlowSummary['kind'], string> = {
  connect: 'Connect',
  refresh: 'Refresh',
  revoke: 'Revoke',
  identify: 'Identify',
  request: 'Request',
  discover: 'Discover',
}

export interface TextPart {
  text: string
  pseudonym: boolean
}

const pseudonym = /<[a-z][a-z0-9_ -]*:[0-9a-f]{4,}>/gi

/** Splits a recorded text so that the pseudonyms that stand for secrets can be told from the rest. */
export function splitPseudonyms(text: string): TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const match of text.matchAll(pseudonym)) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index), pseudonym: false })
    parts.push({ text: match[0], pseudonym: true })
    end = match.index + match[0].length
  }
  if (end < text.length) parts.push({ text: text.slice(end), pseudonym: false })
  return parts
}

/** Name and value pairs of a query or a form body, decoded; empty when the text is neither. */
export function pairsOf(text: string): [string, string][] {
  return [...new URLSearchParams(text)]
}

/** The query of a recorded URL, without its question mark; recorded URLs need not parse. */
export function queryOf(url: string): string {
  const start = url.indexOf('?')
  return start === -1 ? '' : (url.slice(start + 1).split('#')[0] ?? '')
}

/** Host and path of a recorded URL, for a row that has little room. */
export function shortUrl(url: string): string {
  const bare = url.split(/[?#]/)[0] ?? url
  return bare.replace(/^https?:\/\//, '')
}
