// What is known beside a flow: a service and a connection, plain ones but for what a test says; and answers of their API.
import { type ConnectionView, connectionViewSchema } from '../../../../contract/connection.ts'
import { type Service, serviceSchema } from '../../../../contract/service.ts'
import { exchange } from './diagnosis-fixture.ts'

/** A service with one grant, described as far as it must be. */
export function serviceWith(facts: Record<string, unknown> = {}): Service {
  const baseUrl = 'https://as.example'
  return serviceSchema.parse({
    ...{ schema: 2, id: 'acme', name: 'Acme', base: { default: baseUrl, example: baseUrl } },
    endpoints: { authorization: '{base}/authorize', token: '{base}/token' },
    registration: { steps: 'None.' },
    clientAuthentication: { allowed: ['body'], default: 'body' },
    redirect: { anyPort: 'yes' },
    grants: [{ id: 'code', type: 'authorization_code', name: 'Authorization code' }],
    scopes: {},
    ...facts,
  })
}

/** A connection of Ada's whose tokens are from before the flow, and good for an hour. */
export function connectionWith(facts: Partial<ConnectionView> = {}): ConnectionView {
  return connectionViewSchema.parse({
    ...{ id: 'c1', name: 'Ada', tags: [], serviceId: 'acme', serviceName: 'Acme', baseUrl: 'https://as.example' },
    ...{ clientId: 'k1', clientName: 'Client', grantId: 'code', grantType: 'authorization_code', grantName: 'Code' },
    account: { id: '1', name: 'Ada', email: null, detail: null },
    ...{ workspace: null, workspaces: [], actsAs: null, bearer: { header: 'Authorization', prefix: 'Bearer ' } },
    ...{ resources: [], parameters: {}, tokenParameters: {}, testPath: null, kept: {}, apiRoot: 'https://api.example' },
    ...{
      apiAnswer: null,
      status: { kind: 'good' },
      scopes: { requested: ['read'], granted: ['read'], reported: null },
    },
    ...{ tokenType: 'Bearer', obtainedAt: 0, expiresAt: 3_600_000, neverExpires: false, refreshable: true },
    ...{ refreshTokenObtainedAt: 0, refreshTokenExpiresAt: null, autoRefresh: true, busy: null, reminded: null },
    ...{ waiting: null, createdAt: 0, lastUsedAt: null },
    ...facts,
  })
}

/** A request to the API with the token, and its answer. */
export function apiAnswer(
  status: number,
  headers: Record<string, string> = {},
  body: unknown = null,
  request: { url?: string; headers?: [string, string][] } = {},
): Record<string, unknown> {
  return exchange({
    purpose: { kind: 'api_request' },
    to: 'api',
    request: {
      method: 'GET',
      url: 'https://api.example/things',
      headers: [['Authorization', 'Bearer <access_token:ab>']],
      ...request,
    },
    response: {
      status,
      headers: Object.entries(headers),
      body: typeof body === 'string' || body === null ? body : JSON.stringify(body),
    },
    outcome: status < 400 ? 'succeeded' : 'failed',
  })
}
