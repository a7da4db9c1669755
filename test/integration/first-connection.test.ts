// The first complete way through, at the application's door: real practice services, real sockets, memory for the rest.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memoryPorts } from '../support/memory-ports.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { postForm, visit } from './practice-browser.ts'

let grantdesk: TestApp

beforeEach(async () => {
  grantdesk = await openTestApp()
})

afterEach(() => grantdesk.close())

describe('connecting practice Plane', () => {
  it('names the connection after the account and the workspace, with scopes and expiry', async () => {
    const connection = await grantdesk.connected('plane', { scopes: ['read', 'write'] })
    expect(connection.account?.name).toBeTruthy()
    expect(connection.workspace?.slug).toBeTruthy()
    expect(connection.name).toContain(connection.account?.name)
    expect(connection.scopes.granted).toEqual(['read', 'write'])
    expect(connection.expiresAt).toBe(grantdesk.ports.time.now + 86_400_000)
    expect(connection.refreshable).toBe(true)
  })

  it('shows the server’s words when the person denies', async () => {
    const attempt = await grantdesk.connect('plane', { decision: 'deny' })
    expect(attempt).toMatchObject({
      state: 'failed',
      failure: { kind: 'refused', by: 'authorization_endpoint', error: 'access_denied' },
    })
    expect((await grantdesk.call('app.snapshot', {})).connections).toEqual([])
  })

  it('gives two accounts two connections, and the same name only once', async () => {
    const first = await grantdesk.connected('plane')
    const second = await grantdesk.connected('plane')
    expect(second.id).not.toBe(first.id)
    expect(second.name).toBe(`${first.name} 2`)
  })

  it('can be cancelled while the browser is open', async () => {
    const practice = await grantdesk.call('practice.start', {})
    const plane = practice.state === 'running' ? practice.services.find((one) => one.serviceId === 'plane') : undefined
    const attempt = await grantdesk.call('connect.start', {
      client: { id: plane?.clientId ?? '' },
      grantId: 'user_token',
      scopes: ['read'],
    })
    await grantdesk.call('connect.cancel', { id: attempt.id })
    expect(await grantdesk.settled(attempt.id)).toMatchObject({ state: 'failed', failure: { kind: 'cancelled' } })
    const flow = await grantdesk.call('flows.get', { id: attempt.flowId })
    expect(flow.outcome).toBe('cancelled')
  })

  it('takes the pasted redirected URL when the browser is on another machine', async () => {
    const practice = await grantdesk.call('practice.start', {})
    const plane = practice.state === 'running' ? practice.services.find((one) => one.serviceId === 'plane') : undefined
    const attempt = await grantdesk.call('connect.start', {
      client: { id: plane?.clientId ?? '' },
      grantId: 'user_token',
      scopes: ['read'],
      openBrowser: false,
    })
    if (attempt.state !== 'awaiting_redirect') throw new Error(attempt.state)
    expect(grantdesk.ports.opened).toEqual([])
    const { redirect } = await visit(attempt.authorizationUrl)
    await expect(
      grantdesk.call('connect.answer', { id: attempt.id, text: `${attempt.redirectUri}?code=x&state=wrong` }),
    ).rejects.toThrow(/invalid_input/)
    await grantdesk.call('connect.answer', { id: attempt.id, text: redirect?.href ?? '' })
    expect(await grantdesk.settled(attempt.id)).toMatchObject({ state: 'done' })
  })

  it('keeps another account’s tokens apart when a connection is reconnected', async () => {
    const first = await grantdesk.connected('plane', { account: 'ada' })
    const again = await grantdesk.connected('plane', { account: 'ada', reconnect: first.id })
    expect(again.id).toBe(first.id)
    const other = await grantdesk.connected('plane', { account: 'alice', reconnect: first.id })
    expect(other.id).not.toBe(first.id)
    expect(other.account?.name).not.toBe(first.account?.name)
  })
})

describe('using a connection', () => {
  it('refreshes, once for all who ask', async () => {
    const connection = await grantdesk.connected('planio')
    const before = await grantdesk.call('connections.token', { id: connection.id }, 'command')
    const all = await Promise.all(
      Array.from({ length: 20 }, () => grantdesk.call('connections.refresh', { id: connection.id })),
    )
    const after = await grantdesk.call('connections.token', { id: connection.id }, 'command')
    expect(after.accessToken).not.toBe(before.accessToken)
    expect(new Set(all.map((view) => view.obtainedAt)).size).toBe(1)
    const { flows } = await grantdesk.call('flows.list', { connectionId: connection.id })
    expect(flows.filter((flow) => flow.kind === 'refresh')).toHaveLength(1)
  })

  it('sends a test request and shows what came back', async () => {
    const connection = await grantdesk.connected('plane')
    const result = await grantdesk.call('requests.send', {
      key: 'a',
      connectionId: connection.id,
      method: 'GET',
      path: '/api/v1/workspaces/{slug}/projects/',
    })
    expect(result).toMatchObject({ status: 200, format: 'json' })
    expect(result.rateLimit?.remaining).toMatch(/^\d+$/)
  })

  it('sends the token to no other origin', async () => {
    const connection = await grantdesk.connected('plane')
    const send = (path: string) =>
      grantdesk.call('requests.send', { key: 'a', connectionId: connection.id, method: 'GET', path })
    await expect(send('https://elsewhere.example/api')).rejects.toThrow(/sent nowhere else/)
    await expect(send('//elsewhere.example/api')).resolves.toMatchObject({ status: 404 })
  })

  it('revokes and asks the API afterwards', async () => {
    for (const service of ['plane', 'planio']) {
      const connection = await grantdesk.connected(service)
      const revocation = await grantdesk.call('connections.revoke', { id: connection.id })
      expect(revocation).toMatchObject({ outcome: 'revoked' })
      const { connections } = await grantdesk.call('app.snapshot', {})
      expect(connections.find((one) => one.id === connection.id)?.status.kind).toBe('revoked')
    }
  })

  it('says where to revoke when the service offers no endpoint', async () => {
    const connection = await grantdesk.connected('birdview')
    expect(await grantdesk.call('connections.revoke', { id: connection.id })).toMatchObject({ outcome: 'not_offered' })
  })

  it('keeps the tokens and shows the server’s words when a refresh is refused', async () => {
    const connection = await grantdesk.connected('planio')
    const { value } = await grantdesk.call('connections.reveal', { id: connection.id, what: 'refresh_token' })
    const client = { client_id: 'planio-practice-app', client_secret: 'planio-practice-secret' }
    // Revoked elsewhere: Grantdesk does not know yet.
    await postForm(`${connection.baseUrl}/oauth/revoke`, { token: value, ...client })
    await expect(grantdesk.call('connections.refresh', { id: connection.id })).rejects.toThrow(/refused/)
    const { connections } = await grantdesk.call('app.snapshot', {})
    expect(connections.find((one) => one.id === connection.id)?.status).toMatchObject({
      kind: 'needs_attention',
      failure: { kind: 'refused', by: 'token_endpoint', error: 'invalid_grant' },
    })
    expect((await grantdesk.call('connections.reveal', { id: connection.id, what: 'refresh_token' })).value).toBe(value)
  })

  it('hands out no token of a revoked connection, and leaves it revoked', async () => {
    const { id } = await grantdesk.connected('planio')
    await grantdesk.call('connections.revoke', { id })
    for (const name of ['connections.refresh', 'connections.token'] as const) {
      await expect(grantdesk.call(name, { id })).rejects.toThrow(/is revoked/)
    }
    await expect(grantdesk.call('connections.copy', { id, what: 'header' })).rejects.toThrow(/is revoked/)
    const { connections } = await grantdesk.call('app.snapshot', {})
    expect(connections[0]).toMatchObject({ status: { kind: 'revoked' }, refreshable: false })
  })

  it('removes, and puts back', async () => {
    const connection = await grantdesk.connected('agile-planner')
    await grantdesk.call('connections.remove', { id: connection.id })
    await expect(grantdesk.call('connections.inspect', { id: connection.id })).rejects.toThrow(/not_found/)
    expect(await grantdesk.call('connections.restore', { id: connection.id })).toMatchObject({ name: connection.name })
  })

  it('connects each of the five', async () => {
    for (const service of ['plane', 'planio', 'plannr', 'agile-planner', 'birdview']) {
      const connection = await grantdesk.connected(service)
      expect(connection.status).toEqual({ kind: 'good' })
    }
  })
})

describe('promise 1: no secret crosses the door except by reveal, copy and token', () => {
  it('lets no token, client secret or code out otherwise, and writes the three operations down', async () => {
    const connection = await grantdesk.connected('plane')
    const { id } = connection
    const crossedBefore = grantdesk.crossed.length
    const { value } = await grantdesk.call('connections.reveal', { id, what: 'access_token' })
    const refreshToken = (await grantdesk.call('connections.reveal', { id, what: 'refresh_token' })).value
    await grantdesk.call('connections.copy', { id, what: 'header' })
    await grantdesk.call('connections.token', { id }, 'command')
    grantdesk.crossed.length = crossedBefore
    await grantdesk.call('connections.refresh', { id })
    await grantdesk.call('connections.identify', { id })
    await grantdesk.call('requests.send', { key: 'r', connectionId: id, method: 'GET', path: '/api/v2/users/me/' })
    for (const { id: flowId } of (await grantdesk.call('flows.list', {})).flows)
      await grantdesk.call('flows.get', { id: flowId })
    const { entries } = await grantdesk.call('history.list', { connectionId: id })
    expect(entries.map((entry) => entry.operation)).toEqual([
      'request',
      'identify',
      'refresh',
      'token',
      'copy',
      'reveal',
      'reveal',
      'connect',
    ])
    const everything = [...grantdesk.crossed, ...grantdesk.ports.logged, grantdesk.ports.disk.text].join('\n')
    expect(everything).toContain(connection.name)
    for (const secret of [value, refreshToken]) expect(everything).not.toContain(secret)
    expect(grantdesk.ports.copied).toEqual([`Authorization: Bearer ${value}`])
  })
})

describe('promise 4: no token is lost', () => {
  it('has everything back after a restart', async () => {
    const connection = await grantdesk.connected('plane')
    await grantdesk.call('connections.tag', { id: connection.id, tags: ['work'] })
    const token = await grantdesk.call('connections.token', { id: connection.id }, 'command')
    const { disk, keychain } = grantdesk.ports
    const again = await openTestApp(memoryPorts({ keychain }, disk))
    try {
      const { connections, vault } = await again.call('app.snapshot', {})
      expect(vault.state).toBe('open')
      expect(connections).toMatchObject([{ id: connection.id, tags: ['work'], account: connection.account }])
      expect(await again.call('connections.token', { id: connection.id }, 'command')).toEqual(token)
      expect((await again.call('flows.list', {})).flows).not.toEqual([])
    } finally {
      await again.close()
    }
  })

  it('says so when it was stopped while a refresh was under way', async () => {
    const connection = await grantdesk.connected('plane')
    const { disk, keychain } = grantdesk.ports
    let asked = false
    const stalled: typeof fetch = (input, init) => {
      if (!String(input).includes('/token/')) return fetch(input, init)
      asked = true
      return new Promise(() => undefined)
    }
    const second = await openTestApp(memoryPorts({ keychain, fetch: stalled }, disk))
    void second.app.call('connections.refresh', { id: connection.id }, 'window')
    await expect.poll(() => asked).toBe(true)
    // What lies on the disk at this moment is what a host that died now would leave.
    const third = await openTestApp(memoryPorts({ keychain }, { ...disk }))
    const { connections } = await third.call('app.snapshot', {})
    expect(connections[0]?.status).toMatchObject({ kind: 'needs_attention', failure: { kind: 'cancelled' } })
    expect(await third.call('connections.refresh', { id: connection.id })).toMatchObject({ status: { kind: 'good' } })
    await third.close()
  })
})

describe('locking', () => {
  it('waits for a refresh that is under way, and its tokens are there afterwards', async () => {
    const connection = await grantdesk.connected('plane')
    const before = await grantdesk.call('connections.token', { id: connection.id }, 'command')
    const refreshing = grantdesk.call('connections.refresh', { id: connection.id })
    expect(await grantdesk.call('vault.lock', {})).toMatchObject({ state: 'locked', reason: 'locked_by_hand' })
    await expect(refreshing).rejects.toThrow(/is kept/)
    await expect(grantdesk.call('connections.token', { id: connection.id })).rejects.toThrow(/not_found|vault_locked/)
    expect(await grantdesk.call('vault.retry', {})).toMatchObject({ state: 'open' })
    const after = await grantdesk.call('connections.token', { id: connection.id }, 'command')
    expect(after.accessToken).not.toBe(before.accessToken)
  })

  it('takes a copied secret off the clipboard', async () => {
    const { id } = await grantdesk.connected('plane')
    await grantdesk.call('connections.copy', { id, what: 'access_token' })
    expect(grantdesk.ports.copied.at(-1)).not.toBe('')
    await grantdesk.call('vault.lock', {})
    expect(grantdesk.ports.copied.at(-1)).toBe('')
  })

  it('shows nothing that the vault holds while it is locked', async () => {
    await grantdesk.connected('plane')
    await grantdesk.call('vault.lock', {})
    const { connections, clients, flows } = await grantdesk.call('app.snapshot', {})
    expect({ connections, clients, flows }).toEqual({ connections: [], clients: [], flows: [] })
  })
})
