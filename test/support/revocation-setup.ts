// A connection whose revocation a test watches: to a server that answers as the test says, with or without a way to ask whose
// the token is.
import type { ServiceDescription } from '../../contract/service.ts'
import { openTestApp, type TestApp } from './test-app.ts'
import { type Asked, openTestServer, type TestAnswer, type TestServer } from './test-server.ts'

export interface RevocationSetup {
  grantdesk: TestApp
  server: TestServer
  /** The connection's id. */
  id: string
  /** Answers instead of the usual, by path; without an entry a revocation is accepted without effect, and the API answers. */
  answers: Record<string, (asked: Asked) => TestAnswer>
  close(): Promise<void>
}

const tokens = { access_token: 'at-0123456789', refresh_token: 'rt-0123456789', expires_in: 3600 }

type Changes = Partial<Omit<ServiceDescription, 'endpoints' | 'id'>> & {
  endpoints?: Partial<ServiceDescription['endpoints']>
}

export async function openRevocationSetup(
  changes: Changes = {},
  first: RevocationSetup['answers'] = {},
): Promise<RevocationSetup> {
  const answers = { ...first }
  const server = await openTestServer((asked) => {
    const own = answers[asked.path]
    if (own) return own(asked)
    if (asked.path === '/token') return { json: tokens }
    return { json: asked.path === '/me' ? { id: '1', name: 'Ada' } : {} }
  })
  const grantdesk = await openTestApp()
  const description: ServiceDescription = {
    ...{ schema: 2, id: 'forge', name: 'Forge', base: { default: server.baseUrl, example: '' }, scopes: {} },
    registration: { steps: 'Ask.' },
    grantsPage: '{base}/grants',
    clientAuthentication: { allowed: ['body'], default: 'body' },
    redirect: { anyPort: 'yes' },
    grants: [{ id: 'password', type: 'password', name: 'Password' }],
    identity: [{ path: '/me', accountId: ['id'], accountName: ['name'] }],
    ...changes,
    endpoints: {
      ...{ authorization: '{base}/authorize', token: '{base}/token', revocation: '{base}/revoke' },
      ...changes.endpoints,
    },
  }
  await grantdesk.call('services.import', { text: JSON.stringify(description) })
  const client = {
    ...{ serviceId: 'forge', baseUrl: server.baseUrl, clientId: 'app', clientSecret: 'app-s3cret-0123456789' },
    ...{ clientAuthentication: 'body' as const, redirect: { mode: 'ephemeral' as const } },
  }
  const login = { username: 'ada', password: 'pw-0123456789' }
  const attempt = await grantdesk.call('connect.start', { client, grantId: 'password', scopes: [], ...login })
  const settled = await grantdesk.settled(attempt.id)
  if (settled.state !== 'done') throw new Error(JSON.stringify(settled))
  return {
    ...{ grantdesk, server, answers, id: settled.connectionId },
    async close() {
      await grantdesk.close()
      server.close()
    },
  }
}
