// Reads the authorization response out of a POST to the redirect listener: what a server sends with `form_post`, and what
// our own page hands over out of an address's fragment.
import type { IncomingMessage } from 'node:http'

/** More than any authorization response, in bytes. */
const largest = 256 * 1024

export type FormReading = { parameters: URLSearchParams } | { status: 413 | 415 }

/** Rejects if the browser ends the connection before all of it came. @see OAuth 2.0 Form Post Response Mode §4 */
export async function readForm(request: IncomingMessage): Promise<FormReading> {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';', 1)
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded') {
    request.resume()
    return { status: 415 }
  }
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of request) {
    size += piece.length
    if (size <= largest) pieces.push(piece)
  }
  if (size > largest) return { status: 413 }
  return { parameters: new URLSearchParams(Buffer.concat(pieces).toString('utf8')) }
}
