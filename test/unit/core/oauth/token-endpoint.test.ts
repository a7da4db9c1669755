import { describe, expect, it } from 'vitest'
import type { TokenAnswers } from '../../../../core/oauth/token-answer.ts'
import { exchangeCode, refreshTokens, requestClientCredentials } from '../../../../core/oauth/token-endpoint.ts'
import { Secret } from '../../../../core/secret.ts'
import { answering, failureOf, json } from './token-fixture.ts'

const redirectUri = 'http://127.0.0.1:5000/callback'
const code = {
  code: new Secret('c0de-123'),
  codeVerifier: new Secret('ver1fier'),
  redirectUri,
  parameters: { audience: 'x' },
  resources: [],
}
const refresh = { refreshToken: new Secret('r3fresh-1'), parameters: {}, resources: [] }
const plain = ({ place: _, others: __, kept: ___, ...answer }: TokenAnswers) => ({
  ...answer,
  accessToken: answer.accessToken.reveal(),
  refreshToken: answer.refreshToken?.reveal() ?? null,
})

describe('the requests', () => {
  it('exchange a code with everything it was bound to', async () => {
    const { at, sent } = answering(() => json({ access_token: 'a', token_type: 'Bearer' }))
    await exchangeCode(at, code)
    expect(Object.fromEntries(sent[0]?.form ?? [])).toEqual({
      grant_type: 'authorization_code',
      code: 'c0de-123',
      redirect_uri: redirectUri,
      code_verifier: 'ver1fier',
      audience: 'x',
      client_id: 'web',
      client_secret: 'p+q%41:r/s=',
    })
    expect(sent[0]?.headers.get('accept')).toBe('application/json')
  })

  it('let no extra parameter replace what is ours', async () => {
    const { at, sent } = answering(() => json({ access_token: 'a', token_type: 'Bearer' }))
    await exchangeCode(at, {
      ...code,
      parameters: { code: 'other', grant_type: 'password', client_id: 'other' },
      resources: [],
    })
    expect(Object.fromEntries(sent[0]?.form ?? [])).toMatchObject({
      code: 'c0de-123',
      grant_type: 'authorization_code',
      client_id: 'web',
    })
  })

  it.each([
    ['basic', 'web:p%2Bq%2541%3Ar%2Fs%3D'],
    ['basic-raw', 'web:p+q%41:r/s='],
  ] as const)('authenticate with %s in the header alone', async (authentication, credentials) => {
    const { at, sent } = answering(() => json({ access_token: 'a', token_type: 'Bearer' }))
    await refreshTokens({ ...at, client: { ...at.client, authentication } }, refresh)
    expect(Object.fromEntries(sent[0]?.form ?? [])).toEqual({ grant_type: 'refresh_token', refresh_token: 'r3fresh-1' })
    const header = sent[0]?.headers.get('authorization') ?? ''
    expect(Buffer.from(header.slice('Basic '.length), 'base64').toString()).toBe(credentials)
  })

  it('spell a blank in Basic so that servers read it which decode percents alone', async () => {
    const clientSecret = new Secret('two + one')
    const client = { clientId: 'my app', clientSecret, authentication: 'basic' as const, allowed: [] }
    const { at, sent } = answering(() => json({ access_token: 'a', token_type: 'Bearer' }), { client })
    await refreshTokens(at, refresh)
    const header = sent[0]?.headers.get('authorization') ?? ''
    expect(Buffer.from(header.slice('Basic '.length), 'base64').toString()).toBe('my%20app:two%20%2B%20one')
  })

  it('leave what both spellings of Basic share unencoded', async () => {
    const client = {
      clientId: 'my-app_1.0',
      clientSecret: new Secret('a-b_c.d'),
      authentication: 'basic' as const,
      allowed: [],
    }
    const { at, sent } = answering(() => json({ access_token: 'a', token_type: 'Bearer' }), { client })
    await refreshTokens(at, refresh)
    expect(atob(sent[0]?.headers.get('authorization')?.slice(6) ?? '')).toBe('my-app_1.0:a-b_c.d')
  })

  it('of a public client carry its id and no secret', async () => {
    const client = { clientId: 'web', clientSecret: null, authentication: 'none' as const, allowed: [] }
    const { at, sent } = answering(() => json({ access_token: 'a', token_type: 'Bearer' }), { client })
    await requestClientCredentials(at, { scopes: ['a', 'b'], parameters: { app_installation_id: '7' }, resources: [] })
    expect(Object.fromEntries(sent[0]?.form ?? [])).toEqual({
      grant_type: 'client_credentials',
      scope: 'a b',
      app_installation_id: '7',
      client_id: 'web',
    })
    expect(sent[0]?.headers.has('authorization')).toBe(false)
  })

  it('are not made where the method needs a secret that is not there', async () => {
    const client = { clientId: 'web', clientSecret: null, authentication: 'basic' as const, allowed: [] }
    const { at, sent } = answering(() => json({}), { client })
    expect((await failureOf(refreshTokens(at, refresh))).kind).toBe('invalid_input')
    expect(sent).toEqual([])
  })
})

const nothing = {
  ...{ refreshToken: null, tokenType: 'Bearer', scopes: null },
  ...{ expiresIn: null, refreshTokenExpiresIn: null },
}

describe('a token response', () => {
  it.each<[string, unknown, object]>([
    [
      'the full one',
      { access_token: 'a', refresh_token: 'r', token_type: 'bearer', expires_in: 60, scope: 'x y', created_at: 1 },
      { refreshToken: 'r', expiresIn: 60, scopes: ['x', 'y'] },
    ],
    ['an access token alone', { access_token: 'a' }, {}],
    ['expires_in as text', { access_token: 'a', token_type: 'Bearer', expires_in: '3600' }, { expiresIn: 3600 }],
    ['expires_in of no use', { access_token: 'a', expires_in: 'soon' }, {}],
    ['expires_in 0 of a token that does not expire', { access_token: 'a', expires_in: 0 }, {}],
    [
      'members that are null',
      { access_token: 'a', expires_in: null, refresh_token: null, scope: null, token_type: null },
      {},
    ],
    ['an empty refresh token', { access_token: 'a', refresh_token: '' }, {}],
    ['a scope list', { access_token: 'a', scope: ['x', 'y'] }, { scopes: ['x', 'y'] }],
    ['an empty scope', { access_token: 'a', scope: '' }, { scopes: [] }],
    ['a token type of its own', { access_token: 'a', token_type: 'user' }, {}],
    ['an id token that nobody checks', { access_token: 'a', token_type: 'Bearer', id_token: 'not.a.jwt' }, {}],
  ])('is read: %s', async (_name, body, expected) => {
    const { at } = answering(() => json(body))
    expect(plain(await refreshTokens(at, refresh))).toEqual({ ...nothing, accessToken: 'a', ...expected })
  })

  it.each([
    ['text/html', '{"access_token":"a"}'],
    ['', '\ufeff{"access_token":"a"}'],
    ['application/x-www-form-urlencoded', 'access_token=a&token_type=bearer'],
  ])('is read under the content type "%s"', async (type, body) => {
    const { at } = answering(() => new Response(body, { status: 201, headers: type ? { 'content-type': type } : {} }))
    expect(plain(await refreshTokens(at, refresh))).toEqual({ ...nothing, accessToken: 'a' })
  })

  it('with scopes between commas is read where the service separates them so', async () => {
    const { at } = answering(() => json({ access_token: 'a', scope: 'read,write' }), { scopeSeparator: ',' })
    expect((await refreshTokens(at, refresh)).scopes).toEqual(['read', 'write'])
  })

  it.each([
    ['an empty body', ''],
    ['a page', '<html><body>Welcome</body></html>'],
    ['garbage', '{"access_token":'],
    ['a list', '[{"access_token":"a"}]'],
    ['no token', '{"token_type":"Bearer"}'],
    ['a token that is no text', '{"access_token":{"a":1}}'],
  ])('is unexpected: %s', async (_name, body) => {
    const { at } = answering(() => new Response(body, { headers: { 'content-type': 'text/html' } }))
    expect(await failureOf(refreshTokens(at, refresh))).toMatchObject({ kind: 'unexpected_answer', status: 200 })
  })

  it('that needs a proof with every request is not supported', async () => {
    const { at } = answering(() => json({ access_token: 'a', token_type: 'DPoP' }))
    expect((await failureOf(refreshTokens(at, refresh))).kind).toBe('not_supported')
  })
})

describe('a refusal', () => {
  it.each<[string, Response, object]>([
    [
      'the RFC’s',
      json({ error: 'invalid_grant', error_description: 'It expired.' }, 400),
      { status: 400, error: 'invalid_grant', errorDescription: 'It expired.' },
    ],
    [
      'under another status',
      json({ error: 'invalid_request' }, 401),
      { status: 401, error: 'invalid_request', errorDescription: null },
    ],
    ['with an empty body', new Response(null, { status: 400 }), { status: 400, error: null, errorDescription: null }],
    [
      'with message and hint',
      json({ error: 'invalid_request', message: 'Bad.', hint: 'Check it.' }, 400),
      { errorDescription: 'Bad. Check it.' },
    ],
    [
      'as a problem document',
      json({ type: 'x', code: 'unauthorized', detail: 'No.' }, 401),
      { error: 'unauthorized', errorDescription: 'No.' },
    ],
    [
      'with a nested error',
      json({ error: { code: 'bad', message: 'No.' } }, 400),
      { error: 'bad', errorDescription: 'No.' },
    ],
    [
      'in the header alone',
      new Response(null, {
        status: 401,
        headers: {
          'www-authenticate': 'Bearer realm="R", error="invalid_token", error_description="The \\"token\\" expired"',
        },
      }),
      { error: 'invalid_token', errorDescription: 'The "token" expired' },
    ],
    [
      'as a page',
      new Response(
        '<html><head><style>b{}</style><title>Not Found &amp; gone</title><script>var a</script></head></html>',
        { status: 400 },
      ),
      { status: 400, error: null, errorDescription: 'Not Found & gone' },
    ],
    [
      'under status 200',
      json({ error: 'bad_verification_code', error_description: 'Wrong.' }),
      { status: 200, error: 'bad_verification_code' },
    ],
    [
      'as a form',
      new Response('error=invalid_code&error_description=No+such+code', { status: 400 }),
      { error: 'invalid_code', errorDescription: 'No such code' },
    ],
  ])('keeps the server’s words: %s', async (_name, response, expected) => {
    const { at } = answering(() => response)
    expect(await failureOf(exchangeCode(at, code))).toMatchObject({
      kind: 'refused',
      by: 'token_endpoint',
      ...expected,
    })
  })

  const challenge = (value: string) => new Response(null, { status: 401, headers: { 'www-authenticate': value } })
  it.each<[string, Response]>([
    ['invalid_client', json({ error: 'invalid_client' }, 400)],
    ['401 unauthorized_client', json({ error: 'unauthorized_client' }, 401)],
    ['401 unauthorized', json({ error: 'unauthorized' }, 401)],
    ['401 access_denied', json({ error: 'access_denied' }, 401)],
    ['401 invalid_request', json({ error: 'invalid_request' }, 401)],
    ['a problem document', json({ type: 'about:blank', code: 'unauthorized', detail: 'No.' }, 401)],
    ['401 and a Bearer challenge', challenge('Bearer error="invalid_token"')],
    ['401 and nothing', new Response(null, { status: 401 })],
    ['403 and nothing', new Response(null, { status: 403 })],
  ])('that may be about the client offers the other methods: %s', async (_name, response) => {
    const { at } = answering(() => response)
    expect(await failureOf(exchangeCode(at, code))).toMatchObject({
      tryAuthentication: ['basic', 'basic-raw'],
      remedy: expect.stringContaining(
        'choose another client authentication method (now: In the request body (client_secret_post))',
      ),
    })
  })

  it('that the client may not use the grant says so, and what to do where', async () => {
    const steps = 'Switch on “Allow client credentials grant authorization” first.'
    const page = 'https://as.example/clients'
    const grant = { name: 'Client credentials', steps, page, installs: false }
    const { at } = answering(() => json({ error: 'unauthorized_client' }, 400), { grant })
    const failure = await failureOf(requestClientCredentials(at, { scopes: [], parameters: {}, resources: [] }))
    expect(failure).toMatchObject({
      message: 'The server does not let this client use the grant “Client credentials”: unauthorized_client',
      remedy: steps,
      page,
    })
    expect(failure).not.toHaveProperty('tryAuthentication')
  })

  it('that the client may not refresh says so, whatever the grant wants before it', async () => {
    const grant = { name: 'Code', steps: 'Install the app.', page: null, installs: false }
    const { at } = answering(() => json({ error: 'unauthorized_client' }, 400), { grant })
    const failure = await failureOf(refreshTokens(at, refresh))
    expect(failure.message).toBe('The server does not let this client refresh: unauthorized_client')
    expect(failure.remedy).not.toContain('Install')
  })

  it.each([
    ['invalid_client', 400],
    ['incorrect_client_credentials', 200],
    ['unauthorized_client', 401],
  ])('of the client names the client, not what it asked for: %s with %i', async (error, status) => {
    const { at } = answering(() => json({ error }, status))
    for (const asked of [exchangeCode(at, code), refreshTokens(at, refresh)]) {
      expect((await failureOf(asked)).message).toBe(`The server did not accept the client: ${error}`)
    }
  })

  it('of a code for its verifier offers the other ways with PKCE', async () => {
    const { at } = answering(() => json({ error: 'invalid_grant', error_description: 'Bad code_verifier' }, 400))
    const failure = await failureOf(exchangeCode(at, { ...code, pkce: 'S256' }))
    expect(failure).toMatchObject({ tryPkce: ['plain', 'off'], message: expect.stringContaining('PKCE with S256') })
  })

  it('of an installation that is gone advises to install again', async () => {
    const grant = { name: 'Bot token', steps: '', page: null, installs: true }
    const { at } = answering(() => json({ error: 'invalid_request' }, 400), { grant })
    const failure = await failureOf(requestClientCredentials(at, { scopes: [], parameters: {}, resources: [] }))
    expect(failure.remedy).toMatch(/installation may be gone.*install it again/)
    expect(failure).not.toHaveProperty('tryAuthentication')
  })

  it('of a refresh by a word that is not about the token offers them too', async () => {
    const { at } = answering(() => json({ error: 'unauthorized' }, 401))
    const failure = await failureOf(refreshTokens(at, refresh))
    expect(failure).toMatchObject({ tryAuthentication: ['basic', 'basic-raw'] })
  })

  it.each<[string, Response]>([
    ['401 invalid_grant', json({ error: 'invalid_grant' }, 401)],
    ['401 invalid_request', json({ error: 'invalid_request' }, 401)],
    ['400 invalid_grant', json({ error: 'invalid_grant' }, 400)],
    ['400 and nothing', new Response(null, { status: 400 })],
  ])('of the refresh token itself offers no other method: %s', async (_name, response) => {
    const { at } = answering(() => response)
    const failure = await failureOf(refreshTokens(at, refresh))
    expect(failure).toMatchObject({ kind: 'refused' })
    expect(failure).not.toHaveProperty('tryAuthentication')
    expect(JSON.stringify(failure)).not.toContain('client authentication')
  })

  it('without a word names what was sent first, and the client', async () => {
    const { at } = answering(() => new Response(null, { status: 400 }))
    expect((await failureOf(refreshTokens(at, refresh))).remedy).toBe(
      'Connect again to get new tokens. If that is refused, too, check the client id and the client secret.',
    )
    const machine = requestClientCredentials(at, { scopes: [], parameters: {}, resources: [] })
    expect((await failureOf(machine)).remedy).toBe('Check the client id and the client secret.')
  })

  it('is one line of at most 300 characters', async () => {
    const { at } = answering(() => json({ error: 'x', error_description: `a\n\u0007b ${'long '.repeat(200)}` }, 400))
    const failure = await failureOf(refreshTokens(at, refresh))
    if (failure.kind !== 'refused') throw new Error(failure.kind)
    expect(failure.errorDescription).toMatch(/^a b long/)
    expect(failure.errorDescription?.length).toBeLessThanOrEqual(300)
  })

  it('quotes no secret that we sent', async () => {
    const quote = 'code c0de-123, verifier ver1fier, secret p%2Bq%2541%3Ar%2Fs%3D and p+q%41:r/s='
    const { at } = answering(() => json({ error: 'invalid_grant', error_description: quote }, 400))
    const said = JSON.stringify(await failureOf(exchangeCode(at, code)))
    for (const secret of ['c0de-123', 'ver1fier', 'p%2Bq', 'p+q']) expect(said).not.toContain(secret)
  })

  it.each([
    [json({ error: 'invalid_client' }, 401), /client authentication method \(now: In the request body/],
    [
      json({ error: 'invalid_grant', error_description: 'redirect_uri mismatch' }, 400),
      /Register exactly http:\/\/127\.0\.0\.1:5000\/callback/,
    ],
    [json({ error: 'invalid_grant' }, 400), /Start again/],
    [json({ error: 'scope_invalid' }, 400), /fewer scopes/],
    [new Response('', { status: 404 }), /trailing slash/],
    [new Response('', { status: 403 }), /client secret/],
  ])('comes with a remedy where one is known (%#)', async (response, remedy) => {
    const { at } = answering(() => response)
    expect((await failureOf(exchangeCode(at, code))).remedy).toMatch(remedy)
  })
})

describe('a server in trouble', () => {
  it.each([403, 404, 405, 407, 451])('has refused nothing with a page for people and %i', async (status) => {
    const { at } = answering(
      () => new Response('<html><h1>Sign in to the hotel</h1>', { status, headers: { 'content-type': 'text/html' } }),
    )
    const failure = await failureOf(refreshTokens(at, refresh))
    expect(failure).toMatchObject({ kind: 'unexpected_answer', status })
    expect(`${failure.message} ${failure.remedy}`).toMatch(/Sign in to the hotel.*proxy.*address/)
  })

  it.each([
    [403, ''],
    [400, '<h1>The grant was revoked</h1>'],
    [401, '<h1>Bad client</h1>'],
    [403, '{"error":"access_denied"}'],
  ])('is none where it says no in its own way: %i %s', async (status, body) => {
    const { at } = answering(() => new Response(body, { status, headers: { 'content-type': 'text/html' } }))
    expect(await failureOf(refreshTokens(at, refresh))).toMatchObject({ kind: 'refused', status })
  })

  it.each([500, 502, 503, 429, 408])('has refused nothing with %i', async (status) => {
    const { at } = answering(() => new Response('<h1>We are sorry</h1>', { status, headers: { 'retry-after': '7' } }))
    const failure = await failureOf(refreshTokens(at, refresh))
    expect(failure).toMatchObject({ kind: 'unexpected_answer', status })
    expect(`${failure.message} ${failure.remedy}`).toMatch(/We are sorry.*7 s/)
  })
})

describe('words of the server around a secret', () => {
  it.each([0, 4, 10, 20])('lose it before they are cut, with %i characters of it before the bound', async (left) => {
    const secret = 'RTtokzY0xW7vU4tS1rQ8pN5mK2jH9gE6dB3a'
    const description = `${'x'.repeat(298 - left)} ${secret}`
    const { at } = answering(() => json({ error: 'invalid_grant', error_description: description }, 400))
    const failure = await failureOf(
      refreshTokens(at, { refreshToken: new Secret(secret), parameters: {}, resources: [] }),
    )
    expect(JSON.stringify(failure)).not.toContain(secret.slice(0, 4))
  })
})

it.each([1e306, 8.7e12, '1e20'])('a life of %s seconds is taken for ten years', async (life) => {
  const { at } = answering(() => json({ access_token: 'tok-123456', expires_in: life }))
  const answer = await refreshTokens(at, { refreshToken: new Secret('rt-123456'), parameters: {}, resources: [] })
  expect(answer.expiresIn).toBe(315_360_000)
})
