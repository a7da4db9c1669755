// Asks the server to revoke a token. A 200 does not prove that it is revoked: the caller checks with the API.
import * as oauth from 'oauth4webapi'
import { checkedAddress } from '../flows/network.ts'
import { parseJson, pickText } from '../json-path.ts'
import { problem } from '../problem.ts'
import type { Secret } from '../secret.ts'
import { clientAuthentication } from './client-authentication.ts'
import { asProblems } from './library-problems.ts'
import { refusal } from './refusal.ts'
import type { Refused } from './refused.ts'
import { refusalText } from './token-answer.ts'
import { parties, requestOptions, type TokenEndpoint } from './token-endpoint.ts'
import { isRefusal } from './tolerance.ts'

export interface RevocationInput {
  token: Secret
  hint: 'access_token' | 'refresh_token'
  encoding: 'form' | 'json'
}

/** Throws Problem; `not_supported` without an endpoint. @see https://www.rfc-editor.org/rfc/rfc7009#section-2 */
export async function revokeToken(at: TokenEndpoint, input: RevocationInput): Promise<void> {
  if (at.revocationEndpoint === undefined) {
    throw problem(
      'not_supported',
      'This service offers no revocation endpoint.',
      "Revoke it on the service's own page.",
    )
  }
  const response = await (input.encoding === 'json'
    ? revokeWithJson(at, at.revocationEndpoint, input.token)
    : revokeWithForm(at, input))
  const text = await response.text()
  const about: Refused = {
    by: 'revocation_endpoint',
    what: 'the revocation',
    client: at.client,
    secrets: [input.token, at.client.clientSecret],
    now: at.now,
  }
  const body = parseJson(text)
  const isRejection = isRefusal(body) || (at.places !== undefined && pickText(body, at.places.error) !== null)
  if (!response.ok || isRejection) throw refusal(response, refusalText(text, at.places), about)
}

function revokeWithForm(at: TokenEndpoint, { token, hint }: RevocationInput): Promise<Response> {
  const { as, client } = parties(at)
  return asProblems(() =>
    oauth.revocationRequest(as, client, clientAuthentication(at.client), token.reveal(), {
      ...requestOptions(at),
      additionalParameters: { token_type_hint: hint },
    }),
  )
}

/** Not RFC 7009: a few servers only accept JSON. Without the hint, which they do not know. */
async function revokeWithJson(at: TokenEndpoint, endpoint: string, token: Secret): Promise<Response> {
  const { as, client } = parties(at)
  const body = new URLSearchParams({ token: token.reveal() })
  const headers = new Headers({ accept: 'application/json', 'user-agent': 'Grantdesk' })
  await clientAuthentication(at.client)(as, client, body, headers)
  headers.set('content-type', 'application/json')
  return at.fetch(checkedAddress(endpoint).href, {
    method: 'POST',
    headers,
    body: JSON.stringify(Object.fromEntries(body)),
    redirect: 'manual',
    signal: at.signal,
  })
}
