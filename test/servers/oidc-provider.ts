// oidc-provider as it comes, with its development pages: a strict, certified authorization server that Grantdesk knows
// nothing about. Rotates refresh tokens, and ends the whole family where an old one is used again.
//
//     node oidc-provider.ts PORT
//
// PINNED_PORT in the environment is the port of the redirect URI that the client `pinned` is registered with.
// Ends by itself when its standard input does, so that it never outlives the test that started it.
import { createServer } from 'node:http'
import { errors, Provider } from 'oidc-provider'

const port = Number(process.argv[2])
const pinnedPort = process.env.PINNED_PORT ?? '53682'
const oddSecret = 'p+q%41:r/s='
const anyPort = 'http://127.0.0.1/callback'

const common = { grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] }
/** Only a native client may come back to any port of 127.0.0.1. */
const native = { ...common, application_type: 'native', redirect_uris: [anyPort] }

const machine = { grant_types: ['client_credentials'], redirect_uris: [], response_types: [] }
/** The one API that tokens can be asked for by its resource indicator. */
const resource = 'https://api.example.com/'

/** Left out of the declarations that this repository keeps for the library. */
const { InvalidTarget } = errors as typeof errors & { InvalidTarget: new () => Error }

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    { ...native, client_id: 'plain', client_secret: 's3cret-of-plain' },
    { ...native, client_id: 'odd', client_secret: oddSecret },
    { ...native, client_id: 'reader', client_secret: oddSecret, scope: 'openid offline_access read' },
    { ...native, client_id: 'public', token_endpoint_auth_method: 'none' },
    { ...machine, client_id: 'machine', client_secret: oddSecret },
    {
      ...machine,
      client_id: 'machine-post',
      client_secret: oddSecret,
      token_endpoint_auth_method: 'client_secret_post',
    },
    {
      ...common,
      client_id: 'pinned',
      client_secret: oddSecret,
      application_type: 'web',
      redirect_uris: [`http://127.0.0.1:${pinnedPort}/callback`],
    },
  ],
  scopes: ['openid', 'offline_access', 'read', 'write'],
  cookies: { keys: ['for tests only'] },
  features: {
    devInteractions: { enabled: true },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => undefined,
      getResourceServerInfo(_context: unknown, asked: string) {
        if (asked !== resource) throw new InvalidTarget()
        return { scope: 'read write', audience: resource, accessTokenFormat: 'jwt' }
      },
    },
    revocation: {
      enabled: true,
      allowedPolicy: (_context: unknown, client: { clientId: string }, token: { clientId: string }) =>
        token.clientId === client.clientId,
    },
    userinfo: { enabled: true },
  },
  pkce: { required: () => true },
  rotateRefreshToken: true,
  issueRefreshToken: async () => true,
  findAccount: async (_context: unknown, id: string) => ({ accountId: id, claims: async () => ({ sub: id }) }),
  ttl: { AccessToken: 3600, RefreshToken: 86_400, Grant: 86_400, Session: 86_400, Interaction: 600, IdToken: 600 },
})

createServer(provider.callback()).listen(port, '127.0.0.1')
process.stdin.once('end', () => process.exit()).resume()
