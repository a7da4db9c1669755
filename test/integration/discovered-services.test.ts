// Services that discovery finds, at a provider that lies where it is told to: from its metadata to a connection that works.
import { describe, expect, it } from 'vitest'
import { connectDiscovered, startOpenidServer } from '../support/openid-server.ts'
import { connectionViews, grantdesk, openOpenidSetup, provider } from '../support/openid-setup.ts'

openOpenidSetup()

describe('whose the token is', () => {
  it('says the userinfo endpoint, on whatever host it is, and the token goes there and to the issuer only', async () => {
    const { attempt, description } = await connectDiscovered(grantdesk, provider.issuer)
    expect(attempt).toMatchObject({ state: 'done' })
    expect(description.api).toEqual({ origins: ['{base}', provider.api.url] })
    expect(await connectionViews()).toMatchObject([{ account: { id: 'ada-1', name: 'Ada' } }])
    expect(provider.api.requests.map(({ url }) => url)).toEqual(['/userinfo'])
  })
})

describe('an issuer that requires pushed authorization requests', () => {
  it('gets them, and the browser carries a reference alone', async () => {
    provider.lies.metadata = { require_pushed_authorization_requests: true }
    const { attempt, authorizationUrl } = await connectDiscovered(grantdesk, provider.issuer)
    expect(attempt).toMatchObject({ state: 'done' })
    expect([...(authorizationUrl?.searchParams.keys() ?? [])].sort()).toEqual(['client_id', 'request_uri'])
    const [pushed] = provider.to('/par')
    expect([pushed?.get('client_id'), pushed?.get('code_challenge_method')]).toEqual(['client-1', 'S256'])
    expect(pushed?.get('client_secret')).toBe('a-client-secret-of-the-openid-server')
    const { events } = await grantdesk.call('flows.get', { id: attempt.flowId })
    expect(events.flatMap((event) => (event.kind === 'exchange' ? [event.purpose.kind] : []))).toContain(
      'pushed_authorization',
    )
  })

  it('and refuses one says why before a browser opens', async () => {
    provider.lies.metadata = {
      require_pushed_authorization_requests: true,
      pushed_authorization_request_endpoint: `${provider.issuer}/token-of-nobody`,
    }
    const { attempt } = await connectDiscovered(grantdesk, provider.issuer)
    expect(attempt).toMatchObject({ state: 'failed', failure: { kind: 'refused', by: 'token_endpoint', status: 404 } })
    expect(grantdesk.ports.opened).toEqual([])
  })
})

it('an issuer without an authorization endpoint gets none invented, and its other grants', async () => {
  provider.lies.metadata = { authorization_endpoint: undefined, grant_types_supported: ['client_credentials'] }
  const { description, notes } = await grantdesk.call('services.discover', { url: provider.issuer })
  expect(description.endpoints.authorization).toBeNull()
  expect(description.grants.map(({ type }) => type)).toEqual(['client_credentials'])
  expect(notes.join()).toContain('no authorization endpoint')
  await grantdesk.call('services.import', { text: JSON.stringify(description) })
})

it('metadata of a templated issuer is taken for a word that stands for a part of its path, and no other', async () => {
  const template = `${provider.issuer}/{tenantid}/v2.0`
  provider.lies.metadata = { issuer: template }
  const common = await grantdesk.call('services.discover', { url: `${provider.issuer}/common/v2.0` })
  expect(common).toMatchObject({
    issuer: template,
    description: { base: { default: `${provider.issuer}/common/v2.0` } },
  })
  for (const url of [provider.issuer, `${provider.issuer}/common`, `${provider.issuer}/a/b/v2.0`]) {
    await expect(grantdesk.call('services.discover', { url })).rejects.toThrow('names the issuer')
  }
  provider.lies.metadata = { issuer: template.replace('127.0.0.1', '{host}') }
  const elsewhere = grantdesk.call('services.discover', { url: `${provider.issuer}/common/v2.0` })
  await expect(elsewhere).rejects.toThrow('names the issuer')
})

describe('an API (RFC 9728)', () => {
  const discover = (url: string) => grantdesk.call('services.discover', { url })
  const things = () => `${provider.api.url}/things`
  const metadataOf = (path: string) => `${provider.api.url}/.well-known/oauth-protected-resource${path}`

  it.each<[string, () => void, () => string]>([
    [
      'whose refusal names its metadata',
      () => {
        const metadata = `${provider.api.url}/.well-known/oauth-protected-resource/elsewhere`
        provider.lies.challenge = `Bearer error="invalid_token", resource_metadata="${metadata}", scope="things openid"`
        provider.lies.resource = { resource: things() }
      },
      things,
    ],
    ['whose metadata lies at the well-known address', () => undefined, things],
    ['by the address of its metadata', () => undefined, () => metadataOf('/things')],
  ])('%s leads to the issuer that it trusts, and every request for a token names it', async (_, lie, url) => {
    lie()
    const { attempt, description, authorizationUrl } = await connectDiscovered(grantdesk, url())
    expect(attempt).toMatchObject({ state: 'done' })
    expect(description).toMatchObject({
      base: { default: provider.issuer },
      issuer: { url: provider.issuer },
      api: { origins: [provider.api.url] },
      grants: [{ resources: [things()] }],
    })
    expect(description.scopes.default).toEqual(provider.lies.challenge ? ['openid', 'things'] : ['openid'])
    expect(authorizationUrl?.searchParams.getAll('resource')).toEqual([things()])
    expect(provider.to('/token').at(-1)?.getAll('resource')).toEqual([things()])
    const [connection] = await connectionViews()
    await grantdesk.call('connections.refresh', { id: connection?.id ?? '' })
    expect(provider.to('/token').at(-1)?.getAll('resource')).toEqual([things()])
    const request = { key: 'k', connectionId: connection?.id ?? '', method: 'GET' as const, path: '/things' }
    expect((await grantdesk.call('requests.send', request)).status).toBe(200)
  })

  it('is told, and what it publishes of another resource is not used', async () => {
    provider.lies.resource = { resource: `${provider.api.url}/other` }
    for (const url of [things(), metadataOf('/things'), provider.api.url]) {
      const refused = discover(url)
      await expect(refused).rejects.toThrow(`is about ${provider.api.url}/other. It was not used`)
    }
    expect(provider.server.requests).toEqual([])
  })

  it('that a refusal of another address names is not used either', async () => {
    provider.lies.challenge = `Bearer resource_metadata="${metadataOf('/other')}"`
    const { resource } = await discover(things())
    // The refusal’s is about another; the API’s own, at the well-known address, is about the one that was asked.
    expect(resource).toBe(things())
    provider.lies.resource = { resource: `${provider.api.url}/other` }
    await expect(discover(things())).rejects.toThrow('It was not used')
  })

  it('that trusts nobody, or an issuer that publishes nothing, is told as such', async () => {
    provider.lies.resource = { authorization_servers: [] }
    await expect(discover(things())).rejects.toThrow('names no authorization server')
    provider.lies.resource = { authorization_servers: ['http://198.51.100.1/'] }
    await expect(discover(things())).rejects.toThrow('cannot be used')
    provider.lies.resource = { authorization_servers: [`${provider.issuer}/nowhere`] }
    await expect(discover(things())).rejects.toThrow()
  })

  it('that trusts several leads to the first that answers, or to the one that the person names of them', async () => {
    const second = await startOpenidServer()
    try {
      const servers = ['http://127.0.0.1:1', provider.issuer, second.issuer]
      provider.lies.resource = { authorization_servers: servers }
      const first = await discover(things())
      expect(first).toMatchObject({ issuer: provider.issuer, authorizationServers: servers })
      expect(first.notes.join()).toContain(`The API also trusts http://127.0.0.1:1, ${second.issuer}`)
      const ask = { url: things(), authorizationServer: `${second.issuer}/` }
      const chosen = await grantdesk.call('services.discover', ask)
      expect(chosen).toMatchObject({
        issuer: second.issuer,
        resource: things(),
        description: { base: { default: second.issuer }, grants: [{ resources: [things()] }] },
      })
      provider.server.requests.length = 0
      const stranger = grantdesk.call('services.discover', {
        url: things(),
        authorizationServer: 'https://evil.example',
      })
      await expect(stranger).rejects.toMatchObject({
        failure: {
          kind: 'invalid_input',
          message: expect.stringContaining('does not trust that authorization server'),
        },
      })
      expect(provider.server.requests).toEqual([])
    } finally {
      await second.close()
    }
  })

  it('with demands that Grantdesk cannot meet says so before a browser opens', async () => {
    provider.lies.resource = { bearer_methods_supported: ['body'], dpop_bound_access_tokens_required: true }
    provider.lies.metadata = { protected_resources: ['https://other.example/'] }
    const { notes } = await discover(things())
    expect(notes.join()).toMatch(/in a header.*DPoP/)
    expect(notes.join()).toContain('does not name this API')
  })
})
