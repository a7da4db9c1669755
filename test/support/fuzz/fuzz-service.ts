// A service in this process, behind a `fetch` that opens no socket: it hands out tokens, says whose they are, and refuses
// now and then, so that fuzzed calls go all the way. Knows every token that it ever handed out.
import type { ServiceDescription } from '../../../contract/service.ts'

export const fuzzBase = 'https://fuzz.example'

/** One grant of each type, at one address. */
export const fuzzDescription: ServiceDescription = {
  schema: 2,
  id: 'fuzz-service',
  name: 'Fuzz service',
  base: { default: fuzzBase, example: fuzzBase },
  endpoints: {
    authorization: '{base}/authorize',
    token: '{base}/token',
    revocation: '{base}/revoke',
    deviceAuthorization: '{base}/device',
  },
  registration: { steps: 'None.' },
  clientAuthentication: { allowed: ['body', 'basic', 'basic-raw', 'none'], default: 'body' },
  redirect: { anyPort: 'yes', outOfBand: true },
  grants: [
    { id: 'code', type: 'authorization_code', name: 'Code', description: 'By the browser.' },
    { id: 'client', type: 'client_credentials', name: 'Client', description: 'By the client itself.' },
    { id: 'password', type: 'password', name: 'Password', description: 'By a password.' },
    { id: 'device', type: 'device_code', name: 'Device', description: 'By another device.' },
    { id: 'key', type: 'static_token', name: 'Key', description: 'By hand.', refresh: false },
  ],
  scopes: { default: ['read'] },
  identity: [{ path: '/me', accountId: ['id'], accountName: ['name'], accountEmail: ['email'], scopes: ['scopes'] }],
  workspaces: [{ path: '/workspaces', workspaceId: ['id'], workspaceName: ['name'], workspaceSlug: ['slug'] }],
}

export interface FuzzService {
  fetch: typeof globalThis.fetch
  issued: Set<string>
  /** Whose every token is from now on; somebody else's now and then where nothing is said. */
  account: string | null
  /** What “who am I” waits for before it is answered. */
  gate: Promise<void>
}

const json = (value: unknown, status = 200) => Response.json(value, { status })

export function openFuzzService(): FuzzService {
  const issued = new Set<string>()
  let requests = 0

  function tokens(): Response {
    const number = issued.size
    const pair = [`fuzz-access-token-number-${number}`, `fuzz-refresh-token-number-${number}`]
    for (const one of pair) issued.add(one)
    return json({
      access_token: pair[0],
      refresh_token: pair[1],
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'read',
    })
  }

  function answer(url: URL): Response {
    requests += 1
    // A refusal now and then, so that those ways are gone too; never an outage, which would be waited for.
    const turn = requests % 11
    switch (url.pathname) {
      case '/token':
        return turn === 3 ? json({ error: 'invalid_grant', error_description: '\u202e<b>no</b>' }, 400) : tokens()
      case '/device':
        return json({
          device_code: `device-code-${requests}`,
          user_code: 'ABCD-EFGH',
          verification_uri: `${fuzzBase}/device`,
          expires_in: 600,
          interval: 1,
        })
      case '/me':
        if (turn === 5) return json({ message: 'no' }, 401)
        return json({
          id: service.account ?? String(requests % 3),
          name: '__proto__',
          email: 'a@fuzz.example',
          scopes: ['read', '__proto__'],
        })
      case '/workspaces':
        return json(JSON.parse('[{"id":"w1","name":"W","slug":"w"},{"id":"w2","__proto__":{"polluted":true}}]'))
      case '/revoke':
        return turn === 7 ? json({ error: 'unsupported_token_type' }, 400) : new Response('')
      case '/.well-known/oauth-authorization-server':
      case '/.well-known/openid-configuration':
        return json({
          issuer: url.origin,
          authorization_endpoint: `${url.origin}/authorize`,
          token_endpoint: `${url.origin}/token`,
          scopes_supported: ['read', '__proto__'],
        })
      case '/away':
        return new Response(null, { status: 302, headers: { location: 'https://evil.example/' } })
      default:
        return url.origin === fuzzBase ? json({ path: url.pathname }) : new Response('<html>', { status: 404 })
    }
  }

  const service: FuzzService = {
    issued,
    account: null,
    gate: Promise.resolve(),
    fetch: async (input) => {
      const url = new URL(input instanceof Request ? input.url : String(input))
      if (url.pathname === '/me') await service.gate
      return answer(url)
    },
  }
  return service
}
