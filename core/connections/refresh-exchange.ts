// The token request of a refresh: noted in the connection before it is sent, its answer stored before anyone sees it.
import type { Grant } from '../../contract/service.ts'
import type { Recording } from '../flows/recording.ts'
import type { RetryPolicy } from '../flows/retry-policy.ts'
import { claimsIn, type IdTokenExpectation } from '../oauth/id-token.ts'
import { refreshTokens, requestClientCredentials, type TokenEndpoint, UnusableAnswer } from '../oauth/token-endpoint.ts'
import { type Problem, problem } from '../problem.ts'
import type { ConnectionRecord, TokensRecord } from '../records.ts'
import { checkClientMethod } from './client-method-check.ts'
import type { Context } from './context.ts'
import { keepFurther, responseIdFor } from './further-tokens.ts'
import { namingInputs, refreshParameters, tokenRequestParameters } from './grant-answers.ts'
import { checkScopes } from './identity-checks.ts'
import { keptFrom } from './kept-values.ts'
import { refreshWithEither } from './previous-token.ts'
import { scopesChanged } from './scope-record.ts'
import {
  grantOf,
  hideTokens,
  profileFrom,
  type Source,
  shownScopes,
  tokenEndpointOf,
  tokenExchange,
  tokensFrom,
} from './token-source.ts'
import type { TriedClient } from './tried-client.ts'

/** What one refresh asks with. */
export interface RefreshRun {
  recording: Recording
  retryPolicy: RetryPolicy
  /** The client with another authentication method; `null` for the stored one. */
  tried: TriedClient | null
}

/** Requests new tokens and stores them. Throws Problem. */
export type RefreshExchange = (id: string, run: RefreshRun) => Promise<void>

type Needed = Pick<Context, 'clock' | 'services' | 'clients' | 'connections'>

export function refreshExchange({ clock, services, clients, connections }: Needed): RefreshExchange {
  /** What the request needs besides the tokens. Throws if it cannot be sent. */
  async function prepare(
    record: ConnectionRecord,
    tokens: TokensRecord,
    { recording, retryPolicy, tried }: RefreshRun,
  ) {
    if (!record.clientId) throw problem('not_supported', 'This token was not obtained by a client.')
    const service = services.find(record.serviceId)
    const grant = grantOf(service, record.grantId)
    const client = tried?.record ?? clients.record(record.clientId)
    const clientSecret = await clients.secret(record.clientId)
    if (!tokens.refreshToken && grant.type !== 'client_credentials') throw notRefreshable()
    // Sent again even if its answer may have been lost. If the refresh token was replaced meanwhile, this ends only tokens that
    // never arrived. Far more often the request did not get through, or the old refresh token works until the new access token
    // is used.
    return { service, grant, client, clientSecret, recording, retryPolicy, repeatable: 'always' as const }
  }

  /** Stores a refresh token that came in an otherwise unusable answer: the one that was sent may be spent. */
  async function keepRefreshToken(
    id: string,
    sent: TokensRecord,
    error: unknown,
    recording: Recording,
  ): Promise<never> {
    const { refreshToken } = sent
    if (error instanceof UnusableAnswer && refreshToken?.reveal() !== error.refreshToken.reveal()) {
      recording.hide(error.refreshToken, 'refresh_token')
      const was = { record: connections.record(id), tokens: await connections.tokens(id) }
      const newer = { refreshToken: error.refreshToken, previousRefreshToken: refreshToken }
      // If it cannot be written now, it is kept in memory; the person is told why the answer was unusable.
      await connections.renew(id, was, {}, { ...was.tokens, ...newer }).catch(() => undefined)
    }
    throw error
  }

  return async (id, run) => {
    const { recording, tried } = run
    const record = connections.record(id)
    const tokens = await connections.tokens(id)
    const source = await prepare(record, tokens, run)
    const { grant } = source
    checkClientMethod(source)
    await connections.update(id, { refreshing: { since: clock.now(), flowId: recording.id } })
    const { answer, used } = await refreshWithEither(tokens, {
      ask: (sent, which) => {
        const given = sent.refreshToken && grant.type !== 'client_credentials' ? which : 'client_credentials'
        const exchange = tokenExchange(source, { kind: 'refresh', with: given })
        const endpoint = tokenEndpointOf({ ...source, exchange, tokenPlace: record.tokenPlace, kept: record.kept })
        const idToken = nextIdToken(tokens, source)
        return request({ ...endpoint, ...(idToken ? { idToken } : {}) }, grant, record, sent).catch((error) =>
          keepRefreshToken(id, sent, error, recording),
        )
      },
      forgetPrevious: () => connections.updateTokens(id, {}, (held) => ({ ...held, previousRefreshToken: null })),
    })
    hideTokens(recording, [answer, ...answer.others])
    const profile = profileFrom(answer, clock.now(), grant, tokens.refreshToken !== null)
    const scopes = { ...record.scopes, granted: shownScopes(answer.scopes, recording) ?? record.scopes.granted }
    checkScopes(recording, record.scopes.requested, answer.scopes)
    const kept = keptFrom(source.service, answer, record, recording)
    const together = responseIdFor(record, answer.others)
    const changes = { ...profile, ...kept, ...together, ...scopesChanged(record, 'refresh', scopes, clock.now()) }
    try {
      await connections.renew(id, { record, tokens }, changes, tokensFrom(answer, used), tried?.alongWith)
    } finally {
      await keepFurther(
        { clock, connections },
        { id, record: { ...record, ...together }, grant, recording },
        answer.others,
      )
    }
  }
}

/** What the ID token of a refresh has to say; `undefined` if there was none before. @see OpenID Connect Core 1.0 §12.2 */
function nextIdToken(
  { idToken }: TokensRecord,
  { service, client, clientSecret }: Pick<Source, 'service' | 'client' | 'clientSecret'>,
): IdTokenExpectation | undefined {
  if (!idToken) return undefined
  const subject = claimsIn(idToken.reveal())?.sub ?? null
  const about = { clientId: client.clientId, clientSecret, nonce: null, subject }
  return { issuer: service.issuer?.url ?? null, ...about, isRequired: false }
}

function request(endpoint: TokenEndpoint, grant: Grant, record: ConnectionRecord, tokens: TokensRecord) {
  // A client credentials grant needs no refresh token, so one that the server sent anyway is ignored.
  if (tokens.refreshToken && grant.type !== 'client_credentials') {
    return refreshTokens(endpoint, { refreshToken: tokens.refreshToken, ...refreshParameters(grant, record) })
  }
  const choice = { ...record, scopes: record.scopes.requested }
  return requestClientCredentials(endpoint, tokenRequestParameters(grant, choice)).catch(namingInputs(grant, choice))
}

/** The Problem if there is nothing to refresh with. */
export function notRefreshable(): Problem {
  return problem(
    'not_supported',
    'The service gave no refresh token for this connection.',
    'Reconnect to get new tokens.',
  )
}
