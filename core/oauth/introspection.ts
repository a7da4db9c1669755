// Asks the server whether a token is active, and what it is good for.
import * as oauth from 'oauth4webapi'
import { isObject, parseJson, pickList, pickText } from '../json-path.ts'
import type { Secret } from '../secret.ts'
import { clientAuthentication } from './client-authentication.ts'
import { asProblems } from './library-problems.ts'
import { parties, requestOptions, type TokenEndpoint } from './token-endpoint.ts'
import { lifetimeByExp } from './token-lifetime.ts'

export interface IntrospectionAnswer {
  active: boolean
  scopes: string[] | null
  subject: string | null
  username: string | null
  clientId: string | null
  /** Milliseconds since the epoch. */
  expiresAt: number | null
}

/**
 * `null` if the server refused to say. Throws Problem if there is no response.
 * @see https://www.rfc-editor.org/rfc/rfc7662#section-2.1
 */
export async function introspectToken(
  at: TokenEndpoint,
  token: Secret,
  hint: 'access_token' | 'refresh_token',
): Promise<IntrospectionAnswer | null> {
  const { as, client } = parties(at)
  const response = await asProblems(() =>
    oauth.introspectionRequest(as, client, clientAuthentication(at.client), token.reveal(), {
      ...requestOptions(at),
      additionalParameters: { token_type_hint: hint },
    }),
  )
  const body = parseJson(await response.text())
  if (!response.ok || !isObject(body) || typeof body.active !== 'boolean') return null
  const now = at.now()
  const left = lifetimeByExp(body.exp, now)
  return {
    active: body.active,
    scopes: pickList(body, ['scope']),
    subject: pickText(body, ['sub']),
    username: pickText(body, ['username']),
    clientId: pickText(body, ['client_id']),
    expiresAt: left === null ? null : Math.round(now + left * 1000),
  }
}
