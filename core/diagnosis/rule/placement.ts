// Where the token stood in a request to the API, and what else stood there that counts before it.

import type { ApiRefusal } from './api.ts'
import { challengesOf } from './challenge.ts'
import { headerOf } from './facts.ts'
import type { DiagnosisContext } from './rule.ts'

const usual = { header: 'Authorization', prefix: 'Bearer ' }

/** The header that the token has to be sent in here, and what was sent in it; `null` if it was not sent. */
export function tokenHeaderOf(
  { event }: ApiRefusal,
  { connection, service }: Pick<DiagnosisContext, 'connection' | 'service'>,
): { name: string; value: string } | null {
  const { header: name } = connection?.bearer ?? service?.bearer ?? usual
  const value = headerOf(event.request, name)
  return value === null ? null : { name, value }
}

/** Another key in the request, which the service looks at before the token. */
export function sentKey(
  { event }: ApiRefusal,
  { service }: Pick<DiagnosisContext, 'service'>,
): { name: string; value: string } | null {
  for (const name of service?.beatsBearer ?? []) {
    const value = headerOf(event.request, name)
    if (value !== null) return { name, value }
  }
  return null
}

/** The authentication schemes that a 401 asks for, if the one that was sent is not among them. @see RFC 9110 §11.6.1 */
export function otherSchemes(refusal: ApiRefusal, context: Pick<DiagnosisContext, 'connection' | 'service'>): string[] {
  const sent = tokenHeaderOf(refusal, context)
  if (refusal.status !== 401 || sent === null) return []
  const wanted = [...new Set(challengesOf(refusal.response).map(({ scheme }) => scheme))]
  return wanted.includes(schemeOf(sent.value)) ? [] : wanted
}

/** In lower case; empty for a token without one. */
export function schemeOf(value: string): string {
  return /^([a-z]+) /i.exec(value)?.[1]?.toLowerCase() ?? ''
}
