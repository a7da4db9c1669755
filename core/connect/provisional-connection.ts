// The connection that new tokens are stored in right away, before anyone knows whose they are: under a provisional name.

import { tokenRequestParameters } from '../connections/grant-answers.ts'
import { scopesChanged } from '../connections/scope-record.ts'
import { profileFrom, shownScopes } from '../connections/token-source.ts'
import type { TokenAnswer } from '../oauth/token-answer.ts'
import type { ConnectionRecord } from '../records.ts'
import type { AttemptContext } from './grants/attempt-context.ts'
import type { Obtained } from './grants/grant-handler.ts'

type Attempted = Pick<AttemptContext, 'input' | 'service' | 'grant' | 'baseUrl' | 'token' | 'recording' | 'common'>

interface Provisional extends Pick<Obtained, 'installation'> {
  answer: TokenAnswer
  kept: Pick<ConnectionRecord, 'kept' | 'keptFromRedirect'>
  responseId: string | null
}

/** `freeName` makes a name unique among the connections. */
export function provisionalConnection(
  { input, service, grant, baseUrl, token, recording, common }: Attempted,
  { answer, installation = null, kept, responseId }: Provisional,
  now: number,
  freeName: (wanted: string) => string,
): ConnectionRecord {
  const scopes = {
    requested: tokenRequestParameters(grant, input).scopes,
    granted: shownScopes(answer.scopes, recording),
    reported: null,
  }
  return {
    name: freeName(input.name || `${service.name} at ${new URL(baseUrl).host}`),
    tags: [],
    serviceId: service.id,
    baseUrl,
    clientId: grant.type === 'static_token' ? null : common.clientId,
    grantId: grant.id,
    grantType: grant.type,
    account: null,
    workspace: null,
    workspaces: [],
    answers: input.answers,
    installation,
    resources: input.resources,
    ...kept,
    responseId,
    bearer: token?.bearer ?? null,
    neverExpires: token?.expiresAt === null,
    testPath: input.testPath || null,
    apiAnswer: null,
    ...scopesChanged({ scopeChanges: [] }, 'connect', scopes, now),
    parameters: input.parameters,
    tokenParameters: input.tokenParameters,
    refreshTokenObtainedAt: null,
    refreshTokenExpiresAt: null,
    autoRefresh: true,
    reminded: null,
    createdAt: now,
    lastUsedAt: null,
    ...profileFrom(answer, now, grant),
  }
}
