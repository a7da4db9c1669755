// A strict, certified authorization server on loopback (oidc-provider with its development pages), and a browser for
// it: cookies, redirects, forms, no script.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

export const oddSecret = 'p+q%41:r/s='
const redirectUris = ['http://127.0.0.1/callback']
const codeGrants = { grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] }
const machine = { grant_types: ['client_credentials'], redirect_uris: [], response_types: [] }

export interface StrictServer {
  issuer: string
  close(): Promise<void>
}

export async function startStrictServer(): Promise<StrictServer> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'native',
        token_endpoint_auth_method: 'none',
        application_type: 'native',
        redirect_uris: redirectUris,
        ...codeGrants,
      },
      {
        client_id: 'odd-web',
        client_secret: oddSecret,
        application_type: 'native',
        redirect_uris: redirectUris,
        ...codeGrants,
      },
      { client_id: 'odd', client_secret: oddSecret, ...machine },
      { client_id: 'odd-post', client_secret: oddSecret, token_endpoint_auth_method: 'client_secret_post', ...machine },
    ],
    scopes: ['openid', 'offline_access', 'read', 'write'],
    cookies: { keys: ['strict-server-in-tests'] },
    features: {
      devInteractions: { enabled: true },
      clientCredentials: { enabled: true },
      introspection: { enabled: true, allowedPolicy: () => true },
      revocation: { enabled: true, allowedPolicy: () => true },
      userinfo: { enabled: true },
    },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: async () => true,
    findAccount: async (_context: unknown, id: string) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    ttl: {
      AccessToken: 3600,
      RefreshToken: 86_400,
      ClientCredentials: 600,
      Grant: 86_400,
      Session: 86_400,
      Interaction: 600,
      IdToken: 600,
    },
  })
  server.on('request', provider.callback())
  return {
    issuer,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** Signs in and consents, or gives up at the consent; ends at the first address that is not the server's. */
export async function browse(authorizationUrl: string, decision: 'consent' | 'abort' = 'consent'): Promise<string> {
  const { origin } = new URL(authorizationUrl)
  const cookies = new Map<string, string>()
  let next: { url: string; form?: URLSearchParams } = { url: authorizationUrl }
  for (let step = 0; step < 15; step++) {
    if (new URL(next.url).origin !== origin) return next.url
    const response = await fetch(next.url, {
      method: next.form ? 'POST' : 'GET',
      body: next.form,
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      redirect: 'manual',
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = cookie.split(';', 1)[0]?.split('=') ?? []
      if (value) cookies.set(name, value)
      else cookies.delete(name)
    }
    const location = response.headers.get('location')
    next = location ? { url: new URL(location, next.url).href } : filledIn(await response.text(), next.url, decision)
  }
  throw new Error('The server’s pages lead nowhere')
}

function filledIn(page: string, url: string, decision: 'consent' | 'abort') {
  const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1]
  const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1]
  if (!action || !prompt) throw new Error(`No form at ${new URL(url).pathname}`)
  if (prompt === 'consent' && decision === 'abort') {
    const abort = /href="([^"]+\/abort)"/.exec(page)?.[1] ?? ''
    return { url: new URL(abort, url).href }
  }
  return { url: new URL(action, url).href, form: new URLSearchParams({ prompt, login: 'alice', password: 'alice-pw' }) }
}
