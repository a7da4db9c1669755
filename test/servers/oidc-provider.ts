// oidc-provider as it comes, with its development pages: a strict, certified authorization server that Grantdesk knows
// nothing about. Rotates refresh tokens, and ends the whole family where an old one is used again. The same stands a
// second time under /realm, as an issuer with a path. Beside it an API of our own, /api/me, which takes every token.
//
//     node oidc-provider.ts PORT
//
// PINNED_PORT in the environment is the port of the redirect URIs that `pinned`, `own-localhost` and `own-ipv6` are registered with.
// Ends by itself when its standard input does, so that it never outlives the test that started it.
import { createServer, type IncomingMessage } from 'node:http'
import { errors, Provider } from 'oidc-provider'

const port = Number(process.argv[2])
const pinnedPort = process.env.PINNED_PORT ?? '53682'
const oddSecret = 'p+q%41:r/s='
const anyPort = 'http://127.0.0.1/callback'

const common = { grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] }
/** Only a native client may come back to any port of 127.0.0.1. */
const native = { ...common, application_type: 'native', redirect_uris: [anyPort] }

const own = { ...common, application_type: 'web', client_secret: oddSecret }

const deviceCode = 'urn:ietf:params:oauth:grant-type:device_code'
/** Every grant that the library has. */
const everything = { ...native, grant_types: [...common.grant_types, 'client_credentials', deviceCode] }
const machine = { grant_types: ['client_credentials'], redirect_uris: [], response_types: [] }
/** The one API that tokens can be asked for by its resource indicator. */
const resource = 'https://api.example.com/'

/** Left out of the declarations that this repository keeps for the library. */
const { InvalidTarget, SlowDown } = errors as typeof errors & {
  InvalidTarget: new () => Error
  SlowDown: new () => { error: string; error_description: string }
}

const configuration = {
  clients: [
    { ...native, client_id: 'plain', client_secret: 's3cret-of-plain' },
    { ...native, client_id: 'odd', client_secret: oddSecret },
    { ...native, client_id: 'reader', client_secret: oddSecret, scope: 'openid offline_access read' },
    { ...native, client_id: 'public', token_endpoint_auth_method: 'none' },
    { ...everything, client_id: 'all', client_secret: oddSecret },
    {
      ...native,
      client_id: 'open',
      grant_types: [...common.grant_types, deviceCode],
      token_endpoint_auth_method: 'none',
    },
    { ...native, client_id: 'pushing', client_secret: oddSecret, require_pushed_authorization_requests: true },
    { ...everything, client_id: 'hasty', client_secret: oddSecret },
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
    // Redirect URIs that were registered before anybody thought of Grantdesk.
    { ...own, client_id: 'own-localhost', redirect_uris: [`http://localhost:${pinnedPort}/oauth/callback`] },
    { ...own, client_id: 'own-ipv6', redirect_uris: [`http://[::1]:${pinnedPort}/cb`] },
    { ...own, client_id: 'own-web', redirect_uris: ['https://myapp.example/auth/plannr/callback'] },
  ],
  scopes: ['openid', 'offline_access', 'read', 'write'],
  cookies: { keys: ['for tests only'] },
  features: {
    devInteractions: { enabled: true },
    clientCredentials: { enabled: true },
    deviceFlow: { enabled: true },
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
    introspection: {
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
}

interface Kept {
  isExpired: boolean
  accountId?: string
  clientId: string
}

interface Tokens {
  find(token: string): Promise<Kept | undefined>
}

async function kept(provider: Provider, token: string): Promise<Kept | undefined> {
  const kinds = [provider.AccessToken, provider.ClientCredentials] as unknown as Tokens[]
  const found = await Promise.all(kinds.map((kind) => kind.find(token)))
  return found.find((one) => one && !one.isExpired)
}

function open(issuer: string): Provider {
  const provider = new Provider(issuer, configuration)
  const asked = new Map<string, number>()
  provider.use(async (context, next) => {
    if (context.path !== '/api/me') return next()
    const token = await kept(provider, context.req.headers.authorization?.replace(/^Bearer /, '') ?? '')
    context.status = token ? 200 : 401
    context.body = token ? { sub: token.accountId ?? token.clientId } : {}
  })
  // The library names no interval and slows nobody down; its operator may: here the client `hasty`, from its second
  // question on.
  provider.use(async (context, next) => {
    await next()
    const body = context.body as { device_code?: string; interval?: number; error?: string } | undefined
    if (!body || context.oidc?.client?.clientId !== 'hasty') return
    if (body.device_code) body.interval = 1
    if (body.error !== 'authorization_pending') return
    const code = context.oidc.params.device_code ?? ''
    asked.set(code, (asked.get(code) ?? 0) + 1)
    const { error, error_description } = new SlowDown()
    if (asked.get(code) === 2) context.body = { error, error_description }
  })
  return provider
}

const whole = open(`http://127.0.0.1:${port}`).callback()
const realm = open(`http://127.0.0.1:${port}/realm`).callback()

const server = createServer((request: IncomingMessage & { originalUrl?: string }, response) => {
  const url = request.url ?? ''
  if (!url.startsWith('/realm/')) return whole(request, response)
  request.originalUrl = url
  request.url = url.slice('/realm'.length)
  return realm(request, response)
})
// Node ends an idle connection after five seconds, just when a device code is asked about next.
server.keepAliveTimeout = 60_000
server.listen(port, '127.0.0.1')
process.stdin.once('end', () => process.exit()).resume()
