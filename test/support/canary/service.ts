// A service on loopback that knows all its secrets: authorization server and API in one, whose tokens are seeded, who repeats
// them under harmless names wherever it is asked, and who writes down in which field of a request each secret came.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Capture } from './capture.ts'
import type { SeededSecrets } from './seeded-secrets.ts'

export interface CanaryService {
  id: string
  baseUrl: string
  clientSecret: string
  /** The secret of the client `weak`: two ordinary words, which stand together nowhere else. */
  weakSecret: string
  password: string
  apiKey: string
  /** The service's description, to be imported. */
  description: string
  /** How the token endpoint answers from now on. */
  tokens: 'given' | 'refused' | 'broken'
  /** Who is signed in there. */
  account: string
  close(): Promise<void>
}

export const grantIds = { code: 'code', client: 'client', password: 'password', device: 'device', key: 'key' } as const

/** `name` begins its kinds of secrets and its places: "one access token", "one POST /token form code". */
export async function startCanaryService(
  name: string,
  secrets: SeededSecrets,
  capture: Capture,
): Promise<CanaryService> {
  const kind = (what: string) => `${name} ${what}`
  const clientSecret = secrets.seed(kind('client secret'), '+%41:/=&"')
  const weakSecret = secrets.add(kind('weak client secret'), `summer-${name === 'one' ? 'winter' : 'river'}`)
  const password = secrets.seed(kind('password'), ' "ä<\\>& ')
  const apiKey = secrets.seed(kind('API key'), '.~+/=')
  /** What each access token's connection holds, as far as it may still be known here. */
  const families = new Map([[apiKey, [apiKey]]])
  const revoked = new Set<string>()
  const byRefresh = new Map<string, string[]>()

  /** The tokens of the last three times; a weak secret is not repeated with them. */
  function issue(before: string[], withRefresh: boolean, isWeak: boolean) {
    const access = secrets.seed(kind('access token'), '.~+/')
    const refresh = withRefresh ? secrets.seed(kind('refresh token'), '-_+/') : null
    const tokens = [access, ...(refresh ? [refresh] : []), ...before].slice(0, 6)
    families.set(access, isWeak ? tokens : [...tokens, clientSecret])
    if (refresh) byRefresh.set(refresh, tokens)
    const more = refresh ? { refresh_token: refresh } : {}
    return { access_token: access, token_type: 'Bearer', expires_in: 3600, scope: 'read', ...more }
  }

  /** Who has a weak secret is not repeated it in other texts, where none is hidden, but where secrets stand. */
  function token(response: ServerResponse, form: URLSearchParams, isWeak: boolean) {
    const grant = form.get('grant_type')
    const refresh = form.get('refresh_token')
    const known = [...form.values()].filter((value) => value.length > 20)
    if (service.tokens === 'broken')
      return void response.writeHead(502, { 'x-seen': known[0] ?? '' }).end(known.join(' '))
    if (service.tokens === 'refused') {
      return json(response, 400, { error: 'invalid_grant', error_description: `Not ${known.join(', ')}` })
    }
    const before = refresh === null ? [] : (byRefresh.get(refresh) ?? [])
    const answer = issue(before, grant !== 'client_credentials', isWeak)
    json(response, 200, isWeak ? { ...answer, client_secret: weakSecret } : answer)
  }

  function device(response: ServerResponse) {
    const deviceCode = secrets.seed(kind('device code'), '-._')
    const verification = { verification_uri: `${service.baseUrl}/enter`, user_code: 'ABCD-EFGH' }
    json(response, 200, { device_code: deviceCode, ...verification, expires_in: 600, interval: 1 })
  }

  /** Consents at once, unless the person is to be kept waiting. */
  function authorize(response: ServerResponse, asked: URLSearchParams) {
    const state = secrets.add(kind('state'), asked.get('state') ?? '')
    const answer = new URLSearchParams({ code: secrets.seed(kind('authorization code'), '-~'), state })
    response.writeHead(302, { location: `${asked.get('redirect_uri')}?${answer}` }).end()
  }

  function api(request: IncomingMessage, response: ServerResponse, pathname: string) {
    const bearer = request.headers.authorization?.replace(/^Bearer /, '') ?? ''
    const seen = families.get(bearer) ?? []
    const account = {
      id: service.account,
      name: `${service.account} of ${name}`,
      remarks: seen,
      note: encodeURIComponent(seen.join(' ')),
    }
    const status = revoked.has(bearer) ? 401 : pathname.includes('/refuse') ? 403 : 200
    response.statusMessage = `Seen ${seen[0]}`
    response.setHeader('x-seen', seen.map((secret) => Buffer.from(secret).toString('base64')).join(' '))
    response.setHeader('www-authenticate', `Bearer error="invalid_token", error_description="not ${seen[0]}"`)
    json(response, status, account)
  }

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://localhost')
    let body = ''
    for await (const chunk of request) body += chunk
    note(`${name} ${request.method} ${place(url.pathname)}`, request, url, body, capture)
    const form = new URLSearchParams(body)
    const verifier = form.get('code_verifier')
    if (verifier) secrets.add(kind('code verifier'), verifier)
    const isWeak = [form.get('client_secret'), basicSecret(request)].includes(weakSecret)
    if (isWeak) response.setHeader('x-client-secret', weakSecret)
    if (url.pathname === '/token') token(response, form, isWeak)
    else if (url.pathname === '/device') device(response)
    else if (url.pathname === '/jwks') json(response, 200, { keys: [] })
    else if (url.pathname === '/authorize') authorize(response, url.searchParams)
    else if (url.pathname === '/revoke') {
      revoked.add(form.get('token') ?? '')
      response.writeHead(200).end()
    } else api(request, response, url.pathname)
  }

  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const id = `canary-${name}`
  const service: CanaryService = {
    ...{ id, clientSecret, weakSecret, password, apiKey, tokens: 'given', account: 'Ada' },
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    description: '',
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  service.description = JSON.stringify(describe(id, name, service.baseUrl))
  return service
}

/** The password of HTTP Basic authentication. */
function basicSecret({ headers }: IncomingMessage): string | undefined {
  const [scheme, credentials = ''] = (headers.authorization ?? '').split(' ')
  return scheme === 'Basic' ? Buffer.from(credentials, 'base64').toString().split(':')[1] : undefined
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** What the person typed behind `/echo/` is not part of the place's name. */
function place(pathname: string): string {
  return pathname.replace(/^(\/echo)\/.*/, '$1/…')
}

/** Each field of a request is a place of its own. */
function note(where: string, request: IncomingMessage, url: URL, body: string, capture: Capture): void {
  capture.add(`${where} path`, url.pathname)
  for (const [name, value] of url.searchParams) capture.add(`${where} query ${name}`, value)
  for (const [name, value] of Object.entries(request.headers)) capture.add(`${where} header ${name}`, String(value))
  if (!/x-www-form-urlencoded/.test(request.headers['content-type'] ?? '')) capture.add(`${where} body`, body)
  else for (const [name, value] of new URLSearchParams(body)) capture.add(`${where} form ${name}`, value)
}

function describe(id: string, name: string, baseUrl: string) {
  return {
    schema: 2,
    ...{ id, name: `Canary ${name}` },
    base: { default: baseUrl, example: baseUrl },
    endpoints: {
      authorization: '{base}/authorize',
      token: '{base}/token',
      revocation: '{base}/revoke',
      deviceAuthorization: '{base}/device',
    },
    openid: { jwksUri: '{base}/jwks', selectAccount: false },
    registration: { steps: 'None.' },
    clientAuthentication: { allowed: ['body', 'basic'], default: 'body' },
    redirect: { anyPort: 'yes' },
    grants: [
      { id: grantIds.code, type: 'authorization_code', name: 'Authorization code' },
      { id: grantIds.client, type: 'client_credentials', name: 'Client credentials', refresh: false },
      { id: grantIds.password, type: 'password', name: 'Password' },
      { id: grantIds.device, type: 'device_code', name: 'Device' },
      { id: grantIds.key, type: 'static_token', name: 'API key' },
    ],
    scopes: { default: ['read'] },
    identity: [{ path: '/me', accountId: ['id'], accountName: ['name'] }],
    workspaceByHand: { paths: ['/{slug}'] },
    requests: [{ name: 'Everything', method: 'GET', path: '/echo' }],
  }
}
