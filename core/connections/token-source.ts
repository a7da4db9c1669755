// The token endpoint of a connection's service, with its client's credentials, through one flow's recording.
import { methodFor } from '../../contract/client.ts'
import type { Purpose } from '../../contract/flow/exchange.ts'
import type { ClientAuthentication, Grant, Service } from '../../contract/service.ts'
import type { Recording } from '../flows/recording.ts'
import type { Exchange } from '../flows/recording-fetch.ts'
import type { Repeatable, RetryPolicy } from '../flows/retry-policy.ts'
import type { TokenAnswer } from '../oauth/token-answer.ts'
import type { TokenEndpoint } from '../oauth/token-endpoint.ts'
import { secretMembers } from '../oauth/token-places.ts'
import { type Problem, problem } from '../problem.ts'
import type { ClientRecord, ConnectionRecord, TokensRecord } from '../records.ts'
import type { Secret } from '../secret.ts'
import { type EndpointName, endpointOf } from '../services/addresses.ts'
import { expandBase } from '../services/endpoint-values.ts'

export function grantOf(service: Service, grantId: string): Grant {
  const grant = service.grants.find((candidate) => candidate.id === grantId)
  if (!grant) {
    const names = service.grants.map(({ id }) => id).join(', ')
    throw problem('not_found', `${service.name} has no grant of this id.`, `It has: ${names}.`)
  }
  return grant
}

/** A service's client, for one grant, in one flow; the exchange names the purpose. */
export interface Source {
  service: Service
  grant: Grant
  client: ClientRecord
  clientSecret: Secret | null
  recording: Recording
  exchange: Exchange
  signal?: AbortSignal
  /** Absent to send requests only once. */
  retryPolicy?: RetryPolicy
  repeatable?: Repeatable
  /** Where the connection's access token was found, of several in one response. */
  tokenPlace?: string | null
  /** Values that the redirect or a token response brought along, by name: addresses of endpoints may be made of them. */
  kept: Record<string, string>
}

/** An exchange with the authorization server, in this flow. */
export function tokenExchange(
  { service, recording, signal }: Pick<Source, 'service' | 'recording' | 'signal'>,
  purpose: Purpose,
  collapse?: true,
): Exchange {
  for (const [name, label] of secretMembers(service.tokenResponse)) recording.hideMember(name, label)
  return recording.exchange({ purpose, to: 'authorization_server', allowRedirects: false, signal, collapse })
}

/** `settled`: the endpoint's client authentication method, if the service's description names it. */
export function tokenEndpointOf(source: Source, settled?: ClientAuthentication): TokenEndpoint {
  const {
    service,
    grant,
    client,
    clientSecret,
    recording,
    exchange,
    signal,
    retryPolicy,
    repeatable = 'unsent',
    tokenPlace = null,
    kept,
  } = source
  const endpoint = (name: EndpointName) => endpointOf(service, name, client.baseUrl, kept) ?? undefined
  return {
    issuer: client.baseUrl,
    tokenEndpoint: endpoint('token') ?? '',
    refreshEndpoint: endpoint('refresh'),
    encoding: service.tokenRequest?.encoding,
    names: service.tokenRequest?.names,
    revocationEndpoint: endpoint('revocation'),
    introspectionEndpoint: endpoint('introspection'),
    deviceAuthorizationEndpoint: endpoint('deviceAuthorization'),
    client: {
      clientId: client.clientId,
      clientSecret,
      authentication: clientSecret ? (settled ?? methodFor(client, grant)) : 'none',
      // Do not suggest methods other than a settled one.
      allowed: settled ? [settled] : service.clientAuthentication.allowed,
      documented: grant.clientAuthentication,
    },
    grant: {
      name: grant.name,
      steps: grant.steps,
      page: grant.page ? expandBase(grant.page, client.baseUrl) : null,
      installs: grant.installation !== undefined,
    },
    fetch: retryPolicy ? retryPolicy.over(exchange.fetch, repeatable) : exchange.fetch,
    check: recording.check,
    signal,
    now: recording.now,
    scopeSeparator: service.scopes.separator,
    responseSeparator: service.scopes.responseSeparator,
    places: service.tokenResponse,
    place: tokenPlace,
    // A client can ask again itself. @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4.3
    expectsRefreshToken: grant.refresh && grant.type !== 'client_credentials',
  }
}

/** The changes to a connection's profile from a token response. Times in ms. */
export function profileFrom(answer: TokenAnswer, now: number, grant: Grant, hadRefreshToken = false) {
  const refreshTokenLife = answer.refreshTokenExpiresIn ?? (answer.refreshToken ? grant.refreshTokenLifetime : null)
  const endOf = (seconds: number | null | undefined) => (seconds == null ? null : now + Math.round(seconds * 1000))
  return {
    tokenType: answer.tokenType,
    tokenPlace: answer.place,
    obtainedAt: now,
    expiresAt: endOf(answer.expiresIn),
    refreshable: answer.refreshToken !== null || hadRefreshToken || grant.type === 'client_credentials',
    ...(answer.refreshToken ? { refreshTokenObtainedAt: now, refreshTokenExpiresAt: null } : {}),
    ...(refreshTokenLife != null && (answer.refreshToken || hadRefreshToken)
      ? { refreshTokenExpiresAt: endOf(refreshTokenLife) }
      : {}),
    refreshing: null,
    revoking: null,
    outcomeUnknown: null,
    status: { kind: 'good' as const },
  }
}

/**
 * The tokens to store after a response: without a new refresh token the old one stays; a replaced one is kept until the new
 * access token has worked.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-6
 */
export function tokensFrom(answer: TokenAnswer, before: TokensRecord | null): TokensRecord {
  const old = before?.refreshToken ?? null
  const idToken = answer.idToken?.jwt ?? before?.idToken
  const replaced = answer.refreshToken !== null && old !== null && answer.refreshToken.reveal() !== old.reveal()
  return {
    accessToken: answer.accessToken,
    refreshToken: answer.refreshToken ?? old,
    previousRefreshToken: replaced ? old : null,
    replaced: before ? replacedTokens(before) : [],
    ...(idToken ? { idToken } : {}),
  }
}

/** How many replaced tokens are remembered: an access and a refresh token for each of the last two times. */
const mostReplaced = 4

/** The replaced tokens, which may stay valid at the service for a while. */
export function replacedTokens({ accessToken, refreshToken, replaced }: TokensRecord): Secret[] {
  return [accessToken, ...(refreshToken ? [refreshToken] : []), ...replaced].slice(0, mostReplaced)
}

/** Nobody reads a longer list of scopes. */
const mostScopes = 500

/** The granted scopes, redacted: a server could put a secret among them. */
export function shownScopes(scopes: string[] | null, recording: Recording): string[] | null {
  return scopes?.slice(0, mostScopes).map((scope) => recording.text(scope).slice(0, 200)) ?? null
}

/** Hides every token of a response in its flow. */
export function hideTokens({ hideAll }: Pick<Recording, 'hideAll'>, tokens: TokenAnswer[]): void {
  hideAll(tokens.flatMap(secretsIn))
}

function secretsIn({ accessToken, refreshToken, idToken }: TokenAnswer): [Secret, string][] {
  const secrets: [Secret, string][] = [[accessToken, 'access_token']]
  if (refreshToken) secrets.push([refreshToken, 'refresh_token'])
  if (idToken) secrets.push([idToken.jwt, 'id_token'])
  return secrets
}

/** Why a connection is not renewed by itself after a revocation; `null` if it may be. */
export function revokedProblem({ name, status }: Pick<ConnectionRecord, 'name' | 'status'>): Problem | null {
  const remedy = 'Reconnect it to get new tokens.'
  if (status.kind === 'revoked') return problem('conflict', `“${name}” is revoked.`, remedy)
  if (status.kind !== 'revocation_accepted') return null
  return problem('conflict', `The revocation of “${name}” was accepted, so nothing renews it.`, remedy)
}
