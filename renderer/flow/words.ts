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

/** Name and value pairs of a query or a form body, decoded; empty when the text is neither. */
export function pairsOf(text: string): [string, string][] {
  return [...new URLSearchParams(text)]
}

/** Host and path of a recorded URL, for a row that has little room. */
export function shortUrl(url: string): string {
  const bare = url.split(/[?#]/)[0] ?? url
  return bare.replace(/^https?:\/\//, '')
}
