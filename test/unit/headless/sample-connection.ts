// A connection as the host shows it, for tests that need one.
import type { ConnectionView } from '../../../contract/connection.ts'

export function sampleConnection(change: Partial<ConnectionView> = {}): ConnectionView {
  return {
    id: '11111111-aaaa',
    name: 'ada',
    tags: [],
    serviceId: 'plane',
    serviceName: 'Plane',
    baseUrl: 'https://plane.example',
    clientId: 'c',
    clientName: 'Client',
    grantId: 'user_token',
    grantType: 'authorization_code',
    grantName: 'User token',
    account: { id: '1', name: 'Ada', email: null, detail: null },
    workspace: null,
    workspaces: [],
    actsAs: null,
    bearer: { header: 'Authorization', prefix: 'Bearer ' },
    resources: [],
    testPath: null,
    standing: { kind: 'good' },
    scopes: { requested: ['read'], granted: ['read'], reported: null },
    tokenType: 'Bearer',
    obtainedAt: 0,
    expiresAt: null,
    refreshable: true,
    refreshTokenObtainedAt: null,
    refreshTokenExpiresAt: null,
    busy: null,
    autoRefresh: true,
    waiting: null,
    createdAt: 0,
    lastUsedAt: null,
    ...change,
  }
}
