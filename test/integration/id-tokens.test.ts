// What OpenID Connect adds, at a provider that lies where it is told to: the nonce, the ID token in each of its parts, the account
// that is proposed on reconnecting.
import { describe, expect, it } from 'vitest'
import { until } from '../support/child.ts'
import { connectDiscovered } from '../support/openid-server.ts'
import { connectionViews, grantdesk, openOpenidSetup, provider } from '../support/openid-setup.ts'

openOpenidSetup()
const connect = (more: Parameters<typeof connectDiscovered>[2] = {}) =>
  connectDiscovered(grantdesk, provider.issuer, more)

async function checksOf(flowId: string): Promise<string[]> {
  const { events } = await grantdesk.call('flows.get', { id: flowId })
  return events.flatMap((event) =>
    event.kind === 'check' && /^(?:id_token|nonce)/.test(event.which) ? [`${event.which} ${event.result}`] : [],
  )
}

it('a nonce goes with every request for an ID token, and with no other', async () => {
  const first = await connect()
  const second = await connect()
  const nonces = [first, second].map(({ authorizationUrl }) => authorizationUrl?.searchParams.get('nonce') ?? '')
  expect(new Set(nonces).size).toBe(2)
  for (const nonce of nonces) expect(nonce).toMatch(/^[\w-]{43}$/)
  expect((await connect({ scopes: ['things'] })).authorizationUrl?.searchParams.has('nonce')).toBe(false)
  const { events } = await grantdesk.call('flows.get', { id: first.attempt.flowId })
  expect(JSON.stringify(events)).not.toContain(nonces[0])
})

it('an ID token is checked in each of its parts, with the issuer’s own keys, and kept sealed', async () => {
  const { attempt } = await connect()
  expect(attempt).toMatchObject({ state: 'done' })
  expect(await checksOf(attempt.flowId)).toEqual(
    ['issuer', 'audience', 'nonce', 'expiry', 'signature'].map((part) =>
      part === 'nonce' ? 'nonce passed' : `id_token_${part} passed`,
    ),
  )
  const { events } = await grantdesk.call('flows.get', { id: attempt.flowId })
  const everywhere = JSON.stringify(events) + grantdesk.crossed.join() + (grantdesk.ports.disk.text ?? '')
  expect(everywhere).not.toMatch(/eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{100}/)
})

it.each<[string, object, string, string, string]>([
  ['with another nonce', { claims: { nonce: 'another' } }, 'nonce failed', 'its nonce', 'id-token-nonce'],
  ['without a nonce', { claims: { nonce: undefined } }, 'nonce failed', 'its nonce', 'id-token-nonce'],
  [
    'for another client',
    { claims: { aud: 'another' } },
    'id_token_audience failed',
    'another client',
    'id-token-audience',
  ],
  [
    'for several, and no word of who asked',
    { claims: { aud: ['x', 'client-1'] } },
    'id_token_audience failed',
    'client',
    'id-token-audience',
  ],
  [
    'that another client asked for',
    { claims: { azp: 'another' } },
    'id_token_audience failed',
    'another client',
    'id-token-audience',
  ],
  [
    'by another issuer',
    { claims: { iss: 'https://other.example' } },
    'id_token_issuer failed',
    'another issuer',
    'id-token-issuer',
  ],
  ['that has ended', { claims: { exp: 1_000_000_000 } }, 'id_token_expiry failed', 'it has ended', 'id-token-expired'],
  [
    'that begins later',
    { claims: { nbf: 10_000_000_000 } },
    'id_token_not_before failed',
    'not valid yet',
    'id-token-not-yet-valid',
  ],
  ['without an end', { claims: { exp: undefined } }, 'id_token_expiry failed', 'it has ended', 'id-token-expired'],
  [
    'signed by somebody else',
    { signedBy: 'another_key' },
    'id_token_signature failed',
    'its signature',
    'id-token-signature',
  ],
])('an ID token %s ends the attempt, and nothing is stored', async (_, lies, check, words, rule) => {
  provider.lies = lies
  const { attempt } = await connect()
  expect(attempt).toMatchObject({
    state: 'failed',
    failure: { kind: 'unexpected_answer', message: expect.stringContaining(words) },
  })
  expect(await checksOf(attempt.flowId)).toContain(check)
  expect(await connectionViews()).toEqual([])
  const found = await grantdesk.call('flows.diagnose', { id: attempt.flowId })
  expect(found.map((one) => one.rule)).toEqual([rule])
})

it.each<[string, object, string]>([
  ['signed with the client secret is verified with it', { signedBy: 'the_secret' }, 'id_token_signature passed'],
  ['whose issuer publishes no keys is taken as it came', { metadata: { jwks_uri: undefined } }, 'unconfirmed'],
  [
    'whose issuer’s keys cannot be had is taken as it came',
    { metadata: { jwks_uri: 'http://127.0.0.1:9/' } },
    'unconfirmed',
  ],
  ['that is none is passed over', { idToken: 'no.jwt' }, 'id_token unconfirmed'],
  ['that did not come is told', { idToken: null }, 'id_token unconfirmed'],
])('an ID token %s', async (_, lies, check) => {
  provider.lies = lies
  const { attempt } = await connect()
  expect(attempt).toMatchObject({ state: 'done' })
  expect((await checksOf(attempt.flowId)).join()).toContain(check)
})

it('of a templated issuer names the tenant, which is filled in', async () => {
  const tenant = '9188040d-6c67-4c5b-b112-36a304b66dad'
  const connectTo = async () => {
    provider.lies.metadata = { issuer: `${provider.issuer}/{tenantid}/v2.0` }
    return (await connectDiscovered(grantdesk, `${provider.issuer}/common/v2.0`)).attempt
  }
  provider.lies.claims = { iss: `${provider.issuer}/${tenant}/v2.0`, tid: tenant }
  expect(await connectTo()).toMatchObject({ state: 'done' })
  provider.lies.claims = { iss: `${provider.issuer}/${tenant}/v2.0`, tid: 'another' }
  expect(await connectTo()).toMatchObject({ state: 'failed' })
})

it('says whose the tokens are where no API does', async () => {
  provider.lies.metadata = { userinfo_endpoint: undefined }
  await connect()
  expect(await connectionViews()).toMatchObject(
    [{ account: { id: 'ada-1', name: 'ada@example.com', email: 'ada@example.com' }, name: /^ada@example\.com/ }].map(
      ({ account }) => ({ account }),
    ),
  )
})

it('of a refresh about another account is not kept, and the tokens are', async () => {
  await connect()
  const [{ id } = { id: '' }] = await connectionViews()
  provider.lies.claims = { sub: 'somebody-else' }
  const before = await grantdesk.call('connections.reveal', { id, what: 'access_token' })
  await grantdesk.call('connections.refresh', { id })
  expect(await grantdesk.call('connections.reveal', { id, what: 'access_token' })).not.toEqual(before)
  const { flows } = await grantdesk.call('flows.list', { connectionId: id })
  expect(await checksOf(flows.find(({ kind }) => kind === 'refresh')?.id ?? '')).toContain('id_token_subject failed')
  provider.lies.claims = {}
  await grantdesk.call('connections.refresh', { id })
  const again = await grantdesk.call('flows.list', { connectionId: id })
  expect(await checksOf(again.flows.find(({ kind }) => kind === 'refresh')?.id ?? '')).toContain(
    'id_token_subject passed',
  )
})

describe('reconnecting', () => {
  it('proposes the account that the connection has, and asks which one is meant', async () => {
    const { authorizationUrl: first } = await connect()
    expect([first?.searchParams.get('login_hint'), first?.searchParams.get('prompt')]).toEqual([null, null])
    const [{ id } = { id: '' }] = await connectionViews()
    const { attempt, authorizationUrl } = await connect({ reconnect: id })
    expect(attempt).toMatchObject({ state: 'done', connectionId: id })
    expect(authorizationUrl?.searchParams.get('login_hint')).toBe('ada@example.com')
    expect(authorizationUrl?.searchParams.get('prompt')).toBe('select_account')
  })

  it('goes on without the question at a server that does not know it', async () => {
    await connect()
    const [{ id } = { id: '' }] = await connectionViews()
    provider.lies.refusesPrompt = true
    const opened = grantdesk.ports.opened.length
    const reconnected = connect({ reconnect: id })
    await until(() => grantdesk.ports.opened.length === opened + 2, 'the browser is sent there again')
    const url = new URL(grantdesk.ports.opened.at(-1) ?? '')
    expect([url.searchParams.get('prompt'), url.searchParams.get('login_hint')]).toEqual([null, 'ada@example.com'])
    await fetch(url)
    expect((await reconnected).attempt).toMatchObject({ state: 'done', connectionId: id })
  })

  it('does not ask where the metadata names other prompts only, nor where the person has their own', async () => {
    provider.lies.metadata = { prompt_values_supported: ['login', 'consent'] }
    await connect()
    const [{ id } = { id: '' }] = await connectionViews()
    const { authorizationUrl } = await connect({ reconnect: id })
    expect(authorizationUrl?.searchParams.has('prompt')).toBe(false)
    expect(authorizationUrl?.searchParams.has('login_hint')).toBe(true)
  })
})

async function subjectChecks(flowId: string) {
  const { events } = await grantdesk.call('flows.get', { id: flowId })
  return events.flatMap((event) => (event.kind === 'check' && event.which === 'userinfo_subject' ? [event] : []))
}

describe('the userinfo endpoint', () => {
  it('names the account of the ID token’s subject', async () => {
    const { attempt } = await connect()
    expect(await subjectChecks(attempt.flowId)).toMatchObject([{ result: 'passed', found: 'ada-1' }])
  })

  it('that answers about another one ends the attempt, and nothing is kept', async () => {
    provider.lies = { subject: 'mallory-2' }
    const { attempt } = await connect()
    expect(attempt).toMatchObject({
      state: 'failed',
      failure: { kind: 'unexpected_answer', message: expect.stringContaining('another account than the ID token') },
    })
    expect(await subjectChecks(attempt.flowId)).toMatchObject([{ result: 'failed', reason: 'different' }])
    expect(await connectionViews()).toEqual([])
  })

  it('that does so later is refused, and the connection keeps its account', async () => {
    const { attempt } = await connect()
    if (attempt.state !== 'done') throw new Error(JSON.stringify(attempt))
    provider.lies = { subject: 'mallory-2' }
    const refused = grantdesk.call('connections.identify', { id: attempt.connectionId })
    await expect(refused).rejects.toThrow('another account than the ID token')
    expect(await connectionViews()).toMatchObject([{ account: { id: 'ada-1', name: 'Ada' } }])
  })
})

it('without an API that says, the kept ID token names the account again', async () => {
  const { description } = await grantdesk.call('services.discover', { url: provider.issuer })
  const bare = { ...description, id: 'discovered', identity: [], requests: [] }
  const { attempt } = await connect()
  if (attempt.state !== 'done') throw new Error(JSON.stringify(attempt))
  await grantdesk.call('services.import', { text: JSON.stringify(bare), replace: true })
  await grantdesk.call('connections.identify', { id: attempt.connectionId })
  expect(await connectionViews()).toMatchObject([{ account: { id: 'ada-1' } }])
  const { entries } = await grantdesk.call('history.list', { operation: 'identify' })
  expect(entries[0]).toMatchObject({ outcome: 'done', detail: 'The account is ada@example.com' })
})

describe('a client that authenticates by a method that the server does not offer', () => {
  async function methodChecks(flowId: string) {
    const { events } = await grantdesk.call('flows.get', { id: flowId })
    return events.flatMap((event) => (event.kind === 'check' && event.which === 'client_authentication' ? [event] : []))
  }

  it('is told of it at each attempt and refresh', async () => {
    provider.lies.metadata = { token_endpoint_auth_methods_supported: ['client_secret_basic'] }
    const { attempt } = await connect()
    const told = { result: 'unconfirmed', expected: ['basic', 'basic-raw'], found: 'body' }
    expect(await methodChecks(attempt.flowId)).toMatchObject([told])
    if (attempt.state !== 'done') throw new Error(JSON.stringify(attempt))
    await grantdesk.call('connections.refresh', { id: attempt.connectionId })
    const { flows } = await grantdesk.call('flows.list', {})
    expect(await methodChecks(flows[0]?.id ?? '')).toMatchObject([told])
  })

  it('is told so, too, where the server names none that Grantdesk knows', async () => {
    provider.lies.metadata = { token_endpoint_auth_methods_supported: ['private_key_jwt'] }
    const { attempt } = await connect()
    expect(await methodChecks(attempt.flowId)).toMatchObject([{ result: 'unconfirmed', expected: [], found: 'body' }])
  })

  it('is told of nothing where it is offered', async () => {
    const { attempt } = await connect()
    expect(await methodChecks(attempt.flowId)).toEqual([])
  })
})

describe('what the tokens say', () => {
  const inspected = async () => {
    const [connection] = await connectionViews()
    const id = connection?.id ?? ''
    return { id, inspection: await grantdesk.call('connections.inspect', { id }) }
  }

  it('is told of the ID token beside the access token, with what fits', async () => {
    await connect()
    const { inspection } = await inspected()
    expect(inspection).toMatchObject({
      accessToken: { format: 'opaque' },
      idToken: {
        inspection: { format: 'jwt', claims: { sub: 'ada-1', iss: provider.issuer } },
        checks: [
          { which: 'id_token_issuer', result: 'passed' },
          { which: 'id_token_audience', result: 'passed' },
          { which: 'id_token_expiry', result: 'passed' },
        ],
      },
      hasKeys: true,
    })
  })

  it('is verified with the issuer’s keys in a flow of its own, and no signature crosses the door', async () => {
    provider.lies = { accessToken: { claims: { sub: 'ada-1' } } }
    await connect()
    const { id } = await inspected()
    const signatures = await grantdesk.call('connections.verifySignatures', { id })
    expect(signatures).toMatchObject({
      accessToken: { which: 'access_token_signature', found: 'RS256', result: 'passed' },
      idToken: { which: 'id_token_signature', found: 'RS256', result: 'passed' },
    })
    expect(grantdesk.crossed.join()).not.toMatch(/eyJ[\w-]+\.eyJ[\w-]+\./)
    const [flow] = (await grantdesk.call('app.snapshot', {})).flows
    expect(flow).toMatchObject({ kind: 'discover', connectionId: id, outcome: 'succeeded' })
  })

  it('is not verified where what comes is no set of keys', async () => {
    await connect()
    const { id } = await inspected()
    provider.lies = { keys: 'none' }
    const verifying = grantdesk.call('connections.verifySignatures', { id })
    await expect(verifying).rejects.toMatchObject({ failure: { kind: 'unexpected_answer' } })
  })
})
