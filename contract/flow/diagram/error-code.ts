// The error code in a recorded response, to be shown beside its status.
import type { RecordedResponse } from '../exchange.ts'

/** What error codes are made of; anything else is no code. @see RFC 6749 §5.2 */
const code = /^[\w.:-]{1,60}$/

/** @see RFC 6749 §5.2 and RFC 6750 §3 */
export function errorCode({ status, headers, body }: RecordedResponse): string | null {
  if (status < 400) return null
  const challenge = headers.find(([name]) => name.toLowerCase() === 'www-authenticate')?.[1] ?? ''
  const named = inBody(body ?? '') ?? /\berror="([^"]+)"/.exec(challenge)?.[1] ?? ''
  return code.test(named) ? named : null
}

function inBody(body: string): string | null {
  if (!body.trimStart().startsWith('{')) return null
  try {
    const { error } = JSON.parse(body) as { error?: unknown }
    return typeof error === 'string' ? error : null
  } catch {
    return null
  }
}
