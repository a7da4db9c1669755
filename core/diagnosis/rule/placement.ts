// Where the token stood in a request to the API, and what else stood there that counts before it.

import type { ApiRefusal } from './api.ts'
import { challengesOf } from './challenge.ts'
import { headerOf, hostOf } from './facts.ts'
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

/**
 * The authentication schemes that a 401 asks for, if the one that was sent is not among them. Of a service that takes unknown
 * tokens for nobody's, or that took a token so before, the challenge tells nothing.
 * @see RFC 9110 §11.6.1
 */
export function otherSchemes(refusal: ApiRefusal, context: DiagnosisContext): string[] {
  const sent = tokenHeaderOf(refusal, context)
  if (refusal.status !== 401 || sent === null || context.service?.anonymous) return []
  const wanted = [...new Set(challengesOf(refusal.response).map(({ scheme }) => scheme))]
  const scheme = schemeOf(sent.value)
  return wanted.includes(scheme) || wasTaken(refusal, sent.name, scheme, context) ? [] : wanted
}

/** Whether an earlier request to this host succeeded with a token in this place. */
function wasTaken({ event }: ApiRefusal, name: string, scheme: string, { earlier }: DiagnosisContext): boolean {
  const host = hostOf(event.request.url)
  return earlier.some(({ events }) =>
    events.some((one) => {
      if (one.kind !== 'exchange' || one.to !== 'api' || hostOf(one.request.url) !== host) return false
      const value = headerOf(one.request, name)
      const { status = 0 } = one.response ?? {}
      return value !== null && schemeOf(value) === scheme && status >= 200 && status < 300
    }),
  )
}

/** In lower case; empty for a token without one. */
export function schemeOf(value: string): string {
  return /^([a-z]+) /i.exec(value)?.[1]?.toLowerCase() ?? ''
}
