// The error code in a recorded response, to be shown beside its status.
import { headerValue } from '../../header-value.ts'
import type { RecordedResponse } from '../exchange.ts'
import { jsonMember } from '../json-member.ts'

/** What error codes are made of; anything else is no code. @see RFC 6749 §5.2 */
const code = /^[\w.:-]{1,60}$/

/** @see RFC 6749 §5.2 and RFC 6750 §3 */
export function errorCode({ status, headers, body }: RecordedResponse): string | null {
  if (status < 400) return null
  const challenge = headerValue(headers, 'www-authenticate') ?? ''
  const named = jsonMember(body ?? '', 'error') ?? /\berror="([^"]+)"/.exec(challenge)?.[1] ?? ''
  return code.test(named) ? named : null
}
