// Reads a document that a server publishes about itself: an authorization server's metadata, or an API's.
import type { Purpose } from '../../contract/flow/exchange.ts'
import type { Recording } from '../flows/recording.ts'
import { isTruncated } from '../flows/recording-fetch.ts'
import { isObject, parseJson } from '../json-path.ts'
import { cleanWords, quoted, unexpected } from '../oauth/refusal.ts'
import { serverWords } from '../oauth/server-words.ts'
import { isRedirected, type Problem } from '../problem.ts'

export interface Place {
  address: string
  document: Extract<Purpose, { kind: 'discovery' }>['document']
  /** A text without which it is no such document. */
  needs: string
}

/** `null` if there is none; a Problem for one that cannot be read. Throws Problem if there is no response. */
export async function readMetadata(
  { address, document, needs }: Place,
  recording: Recording,
): Promise<Record<string, unknown> | Problem | null> {
  const to = document === 'protected_resource' ? ('api' as const) : ('authorization_server' as const)
  const { fetch } = recording.exchange({ purpose: { kind: 'discovery', document }, to, allowRedirects: false })
  const asking = fetch(address, { headers: { accept: 'application/json' }, redirect: 'manual' })
  // Servers may redirect unknown paths to a login page: then there is nothing.
  const response = await asking.catch(ifRedirected)
  if (response === null || response.status === 404) return null
  const body = await response.text()
  const said = quoted(cleanWords(serverWords(response.headers, body), []))
  const says = said === null ? '' : ` It says: ${said}`
  const { host } = new URL(address)
  if (response.status !== 200) {
    if (said === null) return null
    return unexpected(response.status, `${host} answers ${response.status} where its metadata would be.${says}`)
  }
  const metadata = parseJson(body)
  if (isTruncated(response) || !isObject(metadata) || typeof metadata[needs] !== 'string') {
    return unexpected(200, `${host} answers, but what it says of itself is not readable as metadata.${says}`)
  }
  return metadata
}

/** `null` for a redirect that was not followed. */
export function ifRedirected(error: unknown): null {
  if (isRedirected(error)) return null
  throw error
}
