// A service as it stands within a company: on https under a name that only the proxy knows, with a certificate of the
// company's own authority.
import type { ServerOptions } from 'node:https'
import type { ServiceDescription } from '../../contract/service.ts'
import { type Asked, openTestServer, type TestServer } from './test-server.ts'

export const companyHost = 'plan.corp.test'
export const companyToken = 'corp-token-5f0e7d1c9b2a'
export const companySecret = 'corp-secret-1d2c3b4a5f6e'

export interface CompanyService {
  server: TestServer
  /** Under the company's name for it. */
  baseUrl: string
  description: ServiceDescription
}

/** `host` leads to this machine, if only for the proxy. */
export async function openCompanyService(secure: ServerOptions, host = companyHost): Promise<CompanyService> {
  const server = await openTestServer(answer, secure)
  const baseUrl = `https://${host}:${new URL(server.baseUrl).port}`
  const description: ServiceDescription = {
    schema: 2,
    id: 'corp',
    name: 'Corp',
    base: { default: baseUrl, example: baseUrl },
    endpoints: { authorization: '{base}/authorize', token: '{base}/token' },
    registration: { steps: '' },
    clientAuthentication: { allowed: ['body'], default: 'body' },
    redirect: { anyPort: 'yes' },
    grants: [{ id: 'machine', type: 'client_credentials', name: 'Machine', refresh: false }],
    scopes: {},
    identity: [{ path: '/me', accountId: ['id'], accountName: ['name'] }],
  }
  return { server, baseUrl, description }
}

function answer({ path, headers }: Asked) {
  if (path === '/.well-known/openid-configuration') {
    const issuer = `https://${headers.host}`
    return { json: { issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` } }
  }
  if (path === '/token') return { json: { access_token: companyToken, token_type: 'bearer', expires_in: 3600 } }
  if (path !== '/me') return { status: 404, json: {} }
  if (headers.authorization !== `Bearer ${companyToken}`) return { status: 401, json: {} }
  return { json: { id: '7', name: 'Ada' } }
}
