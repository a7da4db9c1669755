// Introspection of a connection's tokens with its client's credentials. It adds to what the API says, and never fails an operation.
import type { Account } from '../../contract/connection.ts'
import type { Introspection } from '../../contract/introspection.ts'
import type { Recording } from '../flows/recording.ts'
import { type IntrospectionAnswer, introspectToken } from '../oauth/introspection.ts'
import { Problem } from '../problem.ts'
import type { TokensRecord } from '../records.ts'
import type { Secret } from '../secret.ts'
import { isCancelled } from './cancelled.ts'
import { type Source, shownScopes, tokenEndpointOf, tokenExchange } from './token-source.ts'

export type Introspect = (token: Secret, which: 'access_token' | 'refresh_token') => Promise<IntrospectionAnswer | null>

/** `null` if the service has no introspection endpoint, or the client no secret to authenticate with there. */
export function introspectBy(source: Omit<Source, 'exchange'>): Introspect | null {
  if (!source.service.endpoints.introspection || source.clientSecret === null) return null
  return async (token, which) => {
    const exchange = tokenExchange(source, { kind: 'introspection', token: which })
    const at = tokenEndpointOf({ ...source, exchange, repeatable: 'always' })
    return introspectToken(at, token, which).catch((error: unknown) => {
      if (error instanceof Problem && !isCancelled(error)) return null
      throw error
    })
  }
}

/** Longer texts are not names. */
const longestName = 200

/** An answer as it is stored, redacted. */
export function introspectionFrom(answer: IntrospectionAnswer, recording: Recording): Introspection {
  const text = (value: string | null) => (value === null ? null : recording.text(value).slice(0, longestName))
  const { active, scopes, subject, username, expiresAt } = answer
  const clientId = text(answer.clientId)
  return {
    ...{ at: recording.now(), active, expiresAt },
    ...{ subject: text(subject), username: text(username), scopes: shownScopes(scopes, recording) },
    ...(clientId === null ? {} : { clientId }),
  }
}

/** Asks about both tokens; `null` if the server does not answer about the access token. */
export async function introspectTokens(
  introspect: Introspect,
  { accessToken, refreshToken }: TokensRecord,
  recording: Recording,
): Promise<Introspection | null> {
  const refresh = refreshToken ? await introspect(refreshToken, 'refresh_token') : null
  const access = await introspect(accessToken, 'access_token')
  if (access === null) return null
  const found = introspectionFrom(access, recording)
  return refresh === null ? found : { ...found, refreshTokenActive: refresh.active }
}

/** The account by the token's subject, for a service that has no other way to ask. */
export function accountOf({ active, subject, username }: Introspection): Account | null {
  const name = username ?? subject
  return active && name !== null ? { id: subject, name, email: null, detail: null } : null
}
