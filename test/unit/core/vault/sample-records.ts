// Records of each kind with secrets planted where secrets go.
import type { ClientRecord, ConnectionRecord, RecordChange } from '../../../../core/records.ts'
import { Secret } from '../../../../core/secret.ts'

export const planted = {
  accessToken: 'pln_planted-access-token-6f1d',
  refreshToken: 'pln_refresh_planted-refresh-token-77aa',
  previousRefreshToken: 'pln_refresh_planted-previous-token-0b0b',
  replacedToken: 'pln_planted-replaced-token-3e3e',
  clientSecret: 'planted-client-secret-9c9c',
}

export const client: ClientRecord = {
  name: 'My client',
  serviceId: 'plane',
  baseUrl: 'https://plane.example',
  clientId: 'client-id',
  hasSecret: true,
  weakSecret: false,
  clientAuthentication: 'body',
  grantAuthentication: {},
  pkce: 'S256',
  redirect: { mode: 'ephemeral' },
  practice: false,
}

export function connection(name: string): ConnectionRecord {
  return {
    name,
    tags: ['work'],
    serviceId: 'plane',
    baseUrl: 'https://plane.example',
    clientId: 'c1',
    grantId: 'user',
    grantType: 'authorization_code',
    account: { id: '1', name: 'Ada', email: null, detail: null },
    workspace: null,
    workspaces: [],
    answers: {},
    installation: null,
    resources: [],
    bearer: null,
    tokenParameters: {},
    testPath: null,
    apiAnswer: null,
    scopeChanges: [],
    status: { kind: 'good' },
    scopes: { requested: ['read'], granted: ['read'], reported: null },
    parameters: {},
    tokenType: 'Bearer',
    tokenPlace: null,
    responseId: null,
    kept: {},
    keptFromRedirect: [],
    obtainedAt: 1,
    expiresAt: 2,
    neverExpires: false,
    refreshable: true,
    refreshTokenObtainedAt: 1,
    refreshTokenExpiresAt: null,
    refreshing: null,
    revoking: null,
    outcomeUnknown: null,
    autoRefresh: true,
    reminded: null,
    createdAt: 1,
    lastUsedAt: null,
  }
}

export function tokens(accessToken = planted.accessToken) {
  return {
    accessToken: new Secret(accessToken),
    refreshToken: new Secret(planted.refreshToken),
    previousRefreshToken: new Secret(planted.previousRefreshToken),
    replaced: [new Secret(planted.replacedToken)],
  }
}

export const sampleChanges: RecordChange[] = [
  { put: 'client', id: 'c1', value: client },
  { put: 'client_secret', id: 'c1', value: { secret: new Secret(planted.clientSecret), replaced: [] } },
  { put: 'connection', id: 'n1', value: connection('Plane') },
  { put: 'tokens', id: 'n1', value: tokens() },
]
