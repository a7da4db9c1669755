// Promise 4 under pressure: things that happen at once, writes that fail, people who change their minds.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Change } from '../../contract/change.ts'
import type { ClientInput } from '../../contract/client.ts'
import { memoryPorts } from '../support/memory-ports.ts'
import { slowNetwork } from '../support/slow-network.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { visit } from './practice-browser.ts'

let grantdesk: TestApp

beforeEach(async () => {
  grantdesk = await openTestApp()
})

afterEach(() => grantdesk.close())

const listed = async (id: string) =>
  (await grantdesk.call('app.snapshot', {})).connections.find((connection) => connection.id === id)

const refreshToken = async (id: string) =>
  (await grantdesk.call('connections.reveal', { id, what: 'refresh_token' })).value

async function reopened(network: typeof fetch) {
  const { disk, keychain, practice } = grantdesk.ports
  return openTestApp(memoryPorts({ keychain, practice, fetch: network }, disk))
}

describe('at once', () => {
  it('a refresh and requests leave the newest refresh token in the vault', async () => {
    const { id } = await grantdesk.connected('planio')
    for (let round = 0; round < 8; round++) {
      const request = (key: string) =>
        grantdesk.call('requests.send', { key, connectionId: id, method: 'GET', path: '/users/current.json' })
      await Promise.all([grantdesk.call('connections.refresh', { id }), request(`a${round}`), request(`b${round}`)])
    }
    await grantdesk.call('connections.refresh', { id })
    expect(await listed(id)).toMatchObject({ status: { kind: 'good' } })
  })

  it('a new name and new tags are both kept', async () => {
    const { id } = await grantdesk.connected('planio')
    await Promise.all([
      grantdesk.call('connections.rename', { id, name: 'Work' }),
      grantdesk.call('connections.tag', { id, tags: ['client'] }),
    ])
    expect(await listed(id)).toMatchObject({ name: 'Work', tags: ['client'] })
  })

  it('two connections do not get one name', async () => {
    const [first, second] = [await grantdesk.connected('planio'), await grantdesk.connected('planio')]
    const answers = await Promise.allSettled(
      [first, second].map(({ id }) => grantdesk.call('connections.rename', { id, name: 'Work' })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const named = (await grantdesk.call('app.snapshot', {})).connections.filter(({ name }) => name === 'Work')
    expect(named).toHaveLength(1)
  })

  it('a connection that is put back, and one that is renamed, do not get one name', async () => {
    const [first, second] = [await grantdesk.connected('planio'), await grantdesk.connected('planio')]
    await grantdesk.call('connections.remove', { id: first.id })
    await Promise.allSettled([
      grantdesk.call('connections.restore', { id: first.id }),
      grantdesk.call('connections.rename', { id: second.id, name: first.name }),
    ])
    const names = (await grantdesk.call('app.snapshot', {})).connections.map(({ name }) => name)
    expect(new Set(names).size).toBe(2)
  })

  it('removing waits for a refresh, and undo brings back its tokens', async () => {
    const { id } = await grantdesk.connected('planio')
    const network = slowNetwork('/oauth/token')
    const second = await reopened(network.fetch)
    const refreshing = second.call('connections.refresh', { id })
    await network.reached()
    const removing = second.call('connections.remove', { id })
    network.letGo()
    await Promise.all([refreshing, removing])
    await second.call('connections.restore', { id })
    expect(await second.call('connections.refresh', { id })).toMatchObject({ status: { kind: 'good' } })
  })

  it('revoking waits for a refresh, and revokes what it brought', async () => {
    const { id, baseUrl } = await grantdesk.connected('planio')
    const network = slowNetwork('/oauth/token')
    const second = await reopened(network.fetch)
    const refreshing = second.call('connections.refresh', { id })
    await network.reached()
    const revoking = second.call('connections.revoke', { id })
    network.letGo()
    await refreshing
    expect(await revoking).toMatchObject({ outcome: 'revoked' })
    const { value } = await second.call('connections.reveal', { id, what: 'access_token' })
    const answer = await fetch(`${baseUrl}/users/current.json`, { headers: { Authorization: `Bearer ${value}` } })
    expect(answer.status).toBe(401)
  })

  it('locking refuses a refresh that comes too late, rather than losing its answer', async () => {
    const { id } = await grantdesk.connected('planio')
    const network = slowNetwork('/oauth/token')
    const second = await reopened(network.fetch)
    const first = second.call('connections.refresh', { id }).catch((error) => String(error))
    await network.reached()
    const locking = second.call('vault.lock', {})
    await expect.poll(() => second.call('connections.remove', { id }).catch((error) => String(error))).toMatch(/locked/)
    network.letGo()
    expect(await first).toMatch(/was locked while this was under way/)
    expect(await locking).toMatchObject({ state: 'locked' })
    await second.call('vault.retry', {})
    expect(await second.call('connections.refresh', { id })).toMatchObject({ status: { kind: 'good' } })
  })
})

describe('a disk that is full when new tokens come', () => {
  it('holds them in memory, says so, refuses to lock over them, and writes them when there is room', async () => {
    const { id } = await grantdesk.connected('planio')
    const before = await refreshToken(id)
    const { document } = grantdesk.ports
    const { write } = document
    let full = false
    let filled = false
    const network: typeof fetch = async (input, init) => {
      const response = await fetch(input, init)
      if (String(input).includes('/oauth/token') && !filled) full = filled = true
      return response
    }
    document.write = (content) => {
      if (full) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
      write(content)
    }
    const { disk, keychain, practice } = grantdesk.ports
    const ports = memoryPorts({ keychain, practice, fetch: network, document }, disk)
    const second = await openTestApp(ports)
    await expect(second.call('connections.refresh', { id })).rejects.toThrow(/held in memory/)
    const marked = (await second.call('app.snapshot', {})).connections[0]
    expect(marked?.status).toMatchObject({ kind: 'needs_attention', failure: { kind: 'vault_broken' } })
    await expect(second.call('vault.lock', {})).rejects.toThrow(/could not be written yet/)
    await expect(second.app.close()).rejects.toThrow(/New tokens of .* could not be written yet/)
    full = false
    expect(await second.call('vault.lock', {})).toMatchObject({ state: 'locked' })
    await second.call('vault.retry', {})
    const { value } = await second.call('connections.reveal', { id, what: 'refresh_token' })
    expect(value).not.toBe(before)
    expect(await second.call('connections.refresh', { id })).toMatchObject({ status: { kind: 'good' } })
  })

  it('holds a refresh token of which nothing else came', async () => {
    const { id } = await grantdesk.connected('planio')
    const { document, disk, keychain, practice } = grantdesk.ports
    let brought: string | null = null
    let full = false
    const halfAnswering: typeof fetch = async (input, init) => {
      const response = await fetch(input, init)
      if (!String(input).includes('/oauth/token') || brought !== null) return response
      const { refresh_token } = (await response.json()) as { refresh_token: string }
      brought = refresh_token
      full = true
      return Response.json({ token_type: 'Bearer', refresh_token })
    }
    const onDisk = {
      ...document,
      write: (content: object) => {
        if (full) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
        document.write(content)
      },
    }
    const second = await openTestApp(memoryPorts({ keychain, practice, fetch: halfAnswering, document: onDisk }, disk))
    await expect(second.call('connections.refresh', { id })).rejects.toThrow()
    full = false
    await second.call('vault.lock', {})
    await second.call('vault.retry', {})
    const { value } = await second.call('connections.reveal', { id, what: 'refresh_token' })
    expect(value).toBe(brought)
  })
})

/** The client of a connection, as it is entered again together with its secret. */
async function clientOf(at: TestApp, clientId: string | null) {
  const client = (await at.call('app.snapshot', {})).clients.find(({ id }) => id === clientId)
  if (!client) throw new Error('no client')
  const { redirectUri: _, connectionCount: __, hasSecret: ___, ...typed } = client
  return typed
}

async function consents(at: TestApp, client: ClientInput, meanwhile: () => Promise<unknown> = async () => undefined) {
  const attempt = await at.call('connect.start', { client, grantId: 'authorization_code', scopes: ['view_project'] })
  if (attempt.state !== 'awaiting_redirect') throw new Error(attempt.state)
  await meanwhile()
  await (await fetch(await consented(attempt.authorizationUrl))).text()
  return at.settled(attempt.id)
}

describe('a client that was changed for an attempt to connect', () => {
  it('is held with the new tokens while the disk is full, and neither is lost', async () => {
    const { id, clientId } = await grantdesk.connected('planio')
    const client = { ...(await clientOf(grantdesk, clientId)), clientAuthentication: 'basic' as const }
    const { document, disk, keychain, practice } = grantdesk.ports
    let full = false
    let filled = false
    const filling: typeof fetch = async (input, init) => {
      const response = await fetch(input, init)
      if (String(input).includes('/oauth/token') && !filled) full = filled = true
      return response
    }
    const onDisk = {
      ...document,
      write: (content: object) => {
        if (full) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
        document.write(content)
      },
    }
    const second = await openTestApp(memoryPorts({ keychain, practice, fetch: filling, document: onDisk }, disk))
    const attempt = await consents(second, client)
    expect(attempt).toMatchObject({ state: 'failed', failure: { message: expect.stringMatching(/held in memory/) } })
    full = false
    expect(await second.call('vault.lock', {})).toMatchObject({ state: 'locked' })
    await second.call('vault.retry', {})
    const { connections, clients } = await second.call('app.snapshot', {})
    const added = connections.find((connection) => connection.id !== id)
    expect(clients.find((one) => one.id === clientId)).toMatchObject({ clientAuthentication: 'basic' })
    const refreshed = await second.call('connections.refresh', { id: added?.id ?? '' })
    expect(refreshed).toMatchObject({ status: { kind: 'good' } })
  })

  it('keeps what was edited since, and takes only what was tried', async () => {
    const { id, clientId } = await grantdesk.connected('planio')
    const client = await clientOf(grantdesk, clientId)
    const tried = { ...client, clientAuthentication: 'basic' as const }
    const edited = { ...client, name: 'Edited since', clientSecret: 'entered since' }
    const attempt = await consents(grantdesk, tried, () => grantdesk.call('clients.save', edited))
    expect(attempt.state).toBe('done')
    const { clients } = await grantdesk.call('app.snapshot', {})
    const kept = clients.find((one) => one.id === clientId)
    expect(kept).toMatchObject({ name: 'Edited since', clientAuthentication: 'basic' })
    await expect(grantdesk.call('connections.refresh', { id })).rejects.toThrow(/client/)
  })

  it('keeps a client secret that was entered since, over the one that was tried', async () => {
    const { id, clientId } = await grantdesk.connected('planio')
    const client = await clientOf(grantdesk, clientId)
    const tried = { ...client, clientSecret: 'planio-practice-secret' }
    const entered = { ...client, clientSecret: 'entered since' }
    expect(await consents(grantdesk, tried, () => grantdesk.call('clients.save', entered))).toMatchObject({
      state: 'done',
    })
    await expect(grantdesk.call('connections.refresh', { id })).rejects.toThrow(/client/)
  })

  it('keeps what was edited while another method was tried', async () => {
    const { id, clientId } = await grantdesk.connected('planio')
    const network = slowNetwork('/oauth/token')
    const second = await reopened(network.fetch)
    const refreshing = second.call('connections.refresh', { id, clientAuthentication: 'basic' })
    await network.reached()
    await second.call('clients.save', { ...(await clientOf(second, clientId)), name: 'Edited since' })
    network.letGo()
    await refreshing
    const { clients } = await second.call('app.snapshot', {})
    expect(clients.find((one) => one.id === clientId)).toMatchObject({
      ...{ name: 'Edited since', clientAuthentication: 'basic' },
    })
  })
})

describe('people who change their minds', () => {
  it('undo says so when the client is gone, and the vault still opens', async () => {
    const { id, clientId } = await grantdesk.connected('planio')
    await grantdesk.call('connections.remove', { id })
    await grantdesk.call('clients.remove', { id: clientId ?? '' })
    await expect(grantdesk.call('connections.restore', { id })).rejects.toThrow(/client does not exist/)
    await grantdesk.call('vault.lock', {})
    expect(await grantdesk.call('vault.retry', {})).toMatchObject({ state: 'open' })
  })

  it('undo that cannot be written says so, and can be done again', async () => {
    const { id, name } = await grantdesk.connected('planio')
    await grantdesk.call('connections.remove', { id })
    const { document } = grantdesk.ports
    const { write } = document
    document.write = () => {
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    }
    const listed = async () => {
      const { connections, removed } = await grantdesk.call('app.snapshot', {})
      return { here: connections.map((each) => each.id), removed: removed.map((each) => each.id) }
    }
    for (const _ of [1, 2])
      await expect(grantdesk.call('connections.restore', { id })).rejects.toThrow(`“${name}” could not be put back: `)
    expect(await listed()).toEqual({ here: [], removed: [id] })
    document.write = write
    await grantdesk.call('connections.restore', { id })
    expect(await listed()).toEqual({ here: [id], removed: [] })
    const { entries } = await grantdesk.call('history.list', {})
    expect(entries.filter(({ operation }) => operation === 'put_back')).toHaveLength(1)
  })

  it('a client cannot be removed, or moved, from under what uses it', async () => {
    const connection = await grantdesk.connected('planio')
    const client = (await grantdesk.call('app.snapshot', {})).clients.find(({ id }) => id === connection.clientId)
    if (!client) throw new Error('no client')
    await expect(grantdesk.call('clients.remove', { id: client.id })).rejects.toThrow(/uses this client/)
    await expect(
      grantdesk.call('clients.save', { ...client, baseUrl: 'https://elsewhere.example', clientSecret: undefined }),
    ).rejects.toThrow(/where it is/)
  })

  it('a mistyped client secret does not cost the one that works', async () => {
    const connection = await grantdesk.connected('planio')
    const client = (await grantdesk.call('app.snapshot', {})).clients.find(({ id }) => id === connection.clientId)
    if (!client) throw new Error('no client')
    const attempt = await grantdesk.call('connect.start', {
      client: { ...client, clientSecret: 'a slip' },
      grantId: 'authorization_code',
      scopes: ['view_project'],
    })
    if (attempt.state !== 'awaiting_redirect') throw new Error(attempt.state)
    await (await fetch(await consented(attempt.authorizationUrl))).text()
    expect(await grantdesk.settled(attempt.id)).toMatchObject({ state: 'failed', failure: { error: 'invalid_client' } })
    expect(await grantdesk.call('connections.refresh', { id: connection.id })).toMatchObject({
      status: { kind: 'good' },
    })
  })

  it('cancelling works while the browser is still starting', async () => {
    const started = Promise.withResolvers<void>()
    const { disk, keychain, practice } = grantdesk.ports
    await grantdesk.connected('planio')
    const browser = { open: () => started.promise }
    const second = await openTestApp(memoryPorts({ keychain, practice, browser }, disk))
    const { clients } = await second.call('app.snapshot', {})
    const attempt = await second.call('connect.start', {
      client: { id: clients.find(({ serviceId }) => serviceId === 'planio')?.id ?? '' },
      grantId: 'authorization_code',
      scopes: [],
    })
    await second.call('connect.cancel', { id: attempt.id })
    expect(await second.settled(attempt.id)).toMatchObject({ state: 'failed', failure: { kind: 'cancelled' } })
    started.resolve()
  })

  describe('a reconnection of a connection whose account is not known', () => {
    const whoAmI = '/users/current.json'

    /** Connected while the API was silent about the account; what it answers from now on is `status`. */
    async function unknown(status: number) {
      let answers = 503
      const answering: typeof fetch = (input, init) =>
        String(input).includes(whoAmI) ? Promise.resolve(new Response('', { status: answers })) : fetch(input, init)
      const practice = await grantdesk.ports.practice?.start()
      if (!practice) throw new Error('no practice services')
      const same = { start: async () => ({ ...practice, close: async () => undefined }) }
      const silent = await openTestApp(memoryPorts({ practice: same, fetch: answering }))
      const { id } = await silent.connected('planio')
      answers = status
      const revealed = async (of: string) =>
        (await silent.call('connections.reveal', { id: of, what: 'refresh_token' })).value
      return { id, silent, revealed, end: () => practice.close() }
    }

    it('does not put tokens that the API refuses over those that are there', async () => {
      const { id, silent, revealed, end } = await unknown(401)
      const before = await revealed(id)
      const again = await silent.connected('planio', { reconnect: id })
      expect(again.id).not.toBe(id)
      expect(await revealed(id)).toBe(before)
      await end()
    })

    it('keeps the refresh token before until the new tokens have worked', async () => {
      const { id, silent, revealed, end } = await unknown(503)
      const { baseUrl } = await silent.connected('planio', { reconnect: id })
      const client = { client_id: 'planio-practice-app', client_secret: 'planio-practice-secret' }
      const token = (await revealed(id)) ?? ''
      const revoked = await fetch(`${baseUrl}/oauth/revoke`, {
        ...{ method: 'POST', body: new URLSearchParams({ token, ...client }) },
      })
      expect(revoked.status).toBe(200)
      expect(await silent.call('connections.refresh', { id })).toMatchObject({ status: { kind: 'good' } })
      await end()
    })
  })

  it('an account that stays silent is not stored over a known one', async () => {
    const first = await grantdesk.connected('planio', { account: 'ada' })
    const silent: typeof fetch = (input, init) =>
      String(input).includes('current.json') ? Promise.resolve(new Response('', { status: 503 })) : fetch(input, init)
    const second = await reopened(silent)
    const again = await second.connected('planio', { account: 'alice', reconnect: first.id })
    expect(again.id).not.toBe(first.id)
    const kept = (await second.call('app.snapshot', {})).connections.find(({ id }) => id === first.id)
    expect(kept?.account).toEqual(first.account)
  })
})

it('a caller that comes later is shown the flows too', async () => {
  await grantdesk.connected('planio')
  const heard: Change[] = []
  grantdesk.app.listen((change) => heard.push(change))()
  const [first] = heard
  expect(first?.kind === 'snapshot' && first.snapshot.flows.length).toBeGreaterThan(0)
})

/** Where the practice service sends the browser after the person allowed. */
async function consented(authorizationUrl: string): Promise<string> {
  const { redirect } = await visit(authorizationUrl)
  return redirect?.href ?? ''
}
