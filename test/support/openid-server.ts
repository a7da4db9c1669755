// An OpenID provider in this process that lies where a test wants it to: its metadata, the ID tokens that it signs, the API on
// another port that says which authorization server it trusts. Consents at once, as somebody who is signed in.
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { serve, type TestServer } from '../unit/core/flows/flow-fixture.ts'
import type { TestApp } from './test-app.ts'

export interface Lies {
  /** Members of its metadata, over the true ones; `undefined` leaves one out. */
  metadata?: Record<string, unknown>
  /** Claims of its ID tokens, over the true ones. */
  claims?: JWTPayload
  /** The whole ID token. */
  idToken?: string | null
  /** The subject that the userinfo endpoint answers. */
  subject?: string
  signedBy?: 'another_key' | 'the_secret'
  /** What the address of the keys answers. */
  keys?: unknown
  /** Access tokens are JWTs with these claims. */
  accessToken?: { claims: Record<string, unknown>; signedBy?: 'another_key' }
  /** Whether it knows no prompt by its name, as a server that offers no choice of account. */
  refusesPrompt?: boolean
  /** What the API answers to a request without a token. */
  challenge?: string
  /** Members of the API's own metadata. */
  resource?: Record<string, unknown>
}

export interface OpenidServer {
  issuer: string
  api: TestServer
  server: TestServer
  lies: Lies
  /** Requests of the authorization server's, by path, with query and form. */
  to(path: string): URLSearchParams[]
  close(): Promise<void>
}

export const openidClient = { clientId: 'client-1', clientSecret: 'a-client-secret-of-the-openid-server' }

export async function startOpenidServer(): Promise<OpenidServer> {
  const [key, other] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')])
  const jwk = { ...(await exportJWK(key.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }
  const asked = new Map<string, URLSearchParams>()
  const pushed = new Map<string, URLSearchParams>()
  const one = { lies: {} } as OpenidServer

  async function idToken(code: URLSearchParams | undefined): Promise<string | undefined> {
    const { lies } = one
    if (lies.idToken !== undefined) return lies.idToken ?? undefined
    const now = Math.floor(Date.now() / 1000)
    const claims: JWTPayload = {
      ...{
        iss: one.issuer,
        aud: openidClient.clientId,
        sub: 'ada-1',
        iat: now,
        exp: now + 600,
        email: 'ada@example.com',
      },
      ...(code?.has('nonce') ? { nonce: code.get('nonce') } : {}),
      ...lies.claims,
    }
    const signing = new SignJWT(claims)
    const { signedBy } = lies
    if (signedBy === 'the_secret') {
      return signing.setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(openidClient.clientSecret))
    }
    const privateKey = signedBy === 'another_key' ? other.privateKey : key.privateKey
    return signing.setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(privateKey)
  }

  async function accessToken(): Promise<string> {
    if (!one.lies.accessToken) return `access-token-${asked.size}-${Date.now()}`
    const { claims, signedBy } = one.lies.accessToken
    const protectedHeader = { alg: 'RS256', kid: 'one', typ: 'at+jwt' }
    const privateKey = signedBy === 'another_key' ? other.privateKey : key.privateKey
    return new SignJWT(claims).setProtectedHeader(protectedHeader).sign(privateKey)
  }

  one.api = await serve((request, response) => {
    response.setHeader('content-type', 'application/json')
    const { pathname, origin } = new URL(request.url ?? '', one.api.url)
    const { challenge, resource = {} } = one.lies
    const wellKnown = /^\/\.well-known\/oauth-protected-resource(\/.*)?$/.exec(pathname)
    if (wellKnown) {
      const truth = { resource: `${origin}${wellKnown[1] ?? ''}`, authorization_servers: [one.issuer] }
      return response.end(JSON.stringify({ ...truth, ...resource }))
    }
    if (!request.headers.authorization) {
      return response.writeHead(401, challenge ? { 'www-authenticate': challenge } : {}).end('{}')
    }
    response.end(JSON.stringify({ sub: one.lies.subject ?? 'ada-1', name: 'Ada' }))
  })

  one.server = await serve(async (request, response, body) => {
    const url = new URL(request.url ?? '', one.issuer)
    const json = (value: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    const form = new URLSearchParams(body)
    if (url.pathname.endsWith('/.well-known/openid-configuration')) {
      return json({
        issuer: one.issuer,
        authorization_endpoint: `${one.issuer}/authorize`,
        token_endpoint: `${one.issuer}/token`,
        pushed_authorization_request_endpoint: `${one.issuer}/par`,
        jwks_uri: `${one.issuer}/jwks`,
        userinfo_endpoint: `${one.api.url}/userinfo`,
        scopes_supported: ['openid', 'things'],
        response_types_supported: ['code'],
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['client_secret_post'],
        code_challenge_methods_supported: ['S256'],
        ...one.lies.metadata,
      })
    }
    switch (url.pathname) {
      case '/jwks':
        return json(one.lies.keys ?? { keys: [jwk] })
      case '/par': {
        const reference = `urn:ietf:params:oauth:request_uri:${pushed.size}`
        pushed.set(reference, form)
        return json({ request_uri: reference, expires_in: 60 }, 201)
      }
      case '/authorize': {
        const given = pushed.get(url.searchParams.get('request_uri') ?? '') ?? url.searchParams
        const code = `code-of-the-openid-server-${asked.size}`
        asked.set(code, given)
        const back = new URL(given.get('redirect_uri') ?? '')
        back.searchParams.set('state', given.get('state') ?? '')
        if (one.lies.refusesPrompt && given.has('prompt')) {
          back.searchParams.set('error', 'invalid_request')
          back.searchParams.set('error_description', 'unsupported prompt value requested')
        } else back.searchParams.set('code', code)
        return response.writeHead(302, { location: back.href }).end()
      }
      case '/token': {
        const code = asked.get(form.get('code') ?? '')
        const id = code?.get('scope')?.includes('openid') === false ? undefined : await idToken(code)
        const tokens = {
          access_token: await accessToken(),
          refresh_token: 'the-refresh-token-1',
        }
        return json({ ...tokens, token_type: 'Bearer', expires_in: 3600, ...(id ? { id_token: id } : {}) })
      }
      default:
        return json({ error: 'not_found' }, 404)
    }
  })
  one.issuer = one.server.url
  one.to = (path) =>
    one.server.requests
      .map(({ url, body }) => ({ asked: new URL(url, one.issuer), body }))
      .filter(({ asked: { pathname } }) => pathname === path)
      .map(({ asked: { searchParams }, body }) => (body === '' ? searchParams : new URLSearchParams(body)))
  one.close = async () => {
    await one.server.close()
    await one.api.close()
  }
  return one
}

/** Discovers the server, stores what was found as `id`, and connects as somebody who is signed in there. */
export async function connectDiscovered(
  grantdesk: TestApp,
  url: string,
  more: { id?: string; scopes?: string[]; reconnect?: string; baseUrl?: string } = {},
) {
  const { id = 'discovered', scopes = ['openid'], reconnect } = more
  const { description } = await grantdesk.call('services.discover', { url })
  const text = JSON.stringify({ ...description, id })
  await grantdesk.call('services.import', { text, replace: true })
  const baseUrl = more.baseUrl ?? description.base.default ?? ''
  const client = {
    ...{ serviceId: id, baseUrl, ...openidClient },
    ...{ redirect: { mode: 'ephemeral' as const }, clientAuthentication: 'body' as const },
  }
  const begun = await grantdesk.call('connect.start', { client, grantId: 'authorization_code', scopes, reconnect })
  if (begun.state !== 'awaiting_redirect') return { attempt: begun, authorizationUrl: null, description }
  await fetch(begun.authorizationUrl)
  return { attempt: await grantdesk.settled(begun.id), authorizationUrl: new URL(begun.authorizationUrl), description }
}
