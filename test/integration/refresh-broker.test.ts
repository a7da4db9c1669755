// One refresh at a time, for all callers and ways of asking; new tokens on disk before anybody sees them; the old refresh
// token kept, and used where that is right, until the new access token has worked.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { App } from '../../core/app.ts'
import { openHttpDoor } from '../../core/door/http-door.ts'
import { openLocalSocket } from '../../core/door/local-socket.ts'
import { rendererPage } from '../../core/door/page.ts'
import { openRemoteDoor } from '../../core/door/remote-door.ts'
import { fileOwnership } from '../../core/vault/ownership.ts'
import { openVault } from '../../core/vault/vault.ts'
import { vaultDocument } from '../../headless/vault-document.ts'
import { createTabDoor } from '../../renderer/tab-door.ts'
import { rotatingService, rotatingServiceId } from '../kill/rotating-service.ts'
import { type Behaviour, type RotationServer, runHeader, startRotationServer } from '../kill/rotation-server.ts'
import { memoryKeychain, memoryPorts } from '../support/memory-ports.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { openTestCommandLine } from './grantdesk-process.ts'

let server: RotationServer
let folder: string
let grantdesk: TestApp
/** Which of the server's states is asked. */
let current: string
let tokenRequests: number
let gate: Promise<void>
const keychain = memoryKeychain()

beforeEach(async () => {
  server = await startRotationServer()
  // A thousand entries of a history are a thousand writes: syncing them is not what is looked at here.
  folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'grantdesk-broker-'))
  tokenRequests = 0
  gate = Promise.resolve()
})

afterEach(async () => {
  await grantdesk.close()
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const network: typeof fetch = async (input, init) => {
  const headers = new Headers(init?.headers)
  headers.set(runHeader, current)
  if (String(input).endsWith('/token')) {
    tokenRequests += 1
    await gate
  }
  return fetch(input, { ...init, headers })
}

/** A connection to a server of this behaviour, held by a host in this process on a vault in a real folder. */
async function connected(behaviour: Behaviour): Promise<string> {
  current = 'now'
  server.open(current, behaviour)
  const ownership = fileOwnership(folder, 'serve', { now: Date.now })
  const document = vaultDocument(folder)
  grantdesk = await openTestApp(memoryPorts({ keychain, document, ownership, fetch: network, renews: true }))
  const { baseUrl } = server
  await grantdesk.call('services.import', { text: rotatingService(baseUrl) })
  const client = await grantdesk.call('clients.save', {
    ...{ serviceId: rotatingServiceId, baseUrl, clientId: 'us', clientSecret: 'first secret' },
    ...{ clientAuthentication: 'body', redirect: { mode: 'ephemeral' } },
  })
  const { id } = await grantdesk.call('connect.start', {
    client: { id: client.id },
    grantId: 'code',
    scopes: [],
    name: 'one',
  })
  const page = await network(grantdesk.ports.opened[0] ?? '', { redirect: 'manual' })
  await (await fetch(page.headers.get('location') ?? '')).text()
  const attempt = await grantdesk.settled(id)
  if (attempt.state !== 'done') throw new Error(JSON.stringify(attempt))
  tokenRequests = 0
  return attempt.connectionId
}

const expire = () => {
  grantdesk.ports.time.now += 3600 * 1000
}

/** What the disk holds of a connection's tokens at this moment, sealed. */
const onDisk = (id: string) => JSON.parse(readFileSync(join(folder, 'vault.json'), 'utf8')).records[`tokens:${id}`]

/** The tokens as they lie in the vault, read by nobody's leave but the key's. */
async function stored(id: string) {
  const document = { ...vaultDocument(folder), write: () => undefined, lastGood: undefined }
  const vault = openVault(memoryPorts({ keychain, document }))
  await vault.open()
  const tokens = await vault.read('tokens', id)
  return {
    refresh: tokens?.refreshToken?.reveal() ?? null,
    previous: tokens?.previousRefreshToken?.reveal() ?? null,
  }
}

it('who joins a refresh that is under way is told of in the history, once for each kind of caller', async () => {
  const id = await connected('reuse revokes the family')
  const letGo = Promise.withResolvers<void>()
  gate = letGo.promise
  const asked = (['window', 'command', 'command', 'tab'] as const).map((caller) =>
    grantdesk.call('connections.refresh', { id }, caller),
  )
  letGo.resolve()
  await Promise.all(asked)
  expect(tokenRequests).toBe(1)
  const { entries } = await grantdesk.call('history.list', { connectionId: id, operation: 'refresh' })
  expect(entries.map(({ caller, detail, outcome }) => [caller, detail, outcome])).toEqual([
    ['tab', 'Joined the refresh that was under way', 'done'],
    ['command', 'Joined the refresh that was under way, 2 times', 'done'],
    ['window', 'New access token', 'done'],
  ])
  expect(new Set(entries.map(({ flowId }) => flowId)).size).toBe(1)
})

it('a thousand callers of one expiring token cause one token request, and all get its answer', async () => {
  const id = await connected('reuse revokes the family')
  expire()
  const all = 1000
  const commands = 4
  /** A browser has half a dozen connections to a host; this one lets in no more than this at once. */
  const tabs = 60
  const letGo = Promise.withResolvers<void>()
  gate = letGo.promise
  let asked = 0
  const counted: Pick<App, 'call' | 'listen'> = {
    listen: grantdesk.app.listen,
    call: (name, input, caller) => {
      if (name === 'connections.token' || name === 'connections.tokenNamed') asked += 1
      if (asked === all) letGo.resolve()
      return grantdesk.app.call(name, input, caller)
    },
  }
  writeFileSync(join(folder, 'tab.html'), 'the page')
  const http = await openHttpDoor({ app: counted, page: rendererPage(folder, 'tab.html'), port: 0 })
  const socket = await openLocalSocket(folder, counted as App)
  const commandLine = openTestCommandLine()
  const before = onDisk(id)
  const seenBeforeDisk: string[] = []
  // The scheduler asks as well: it finds the token overdue, and then its turn.
  const lock = { afterMinutes: null, onSleep: false, onScreenLock: false }
  await grantdesk.call('settings.save', { lock })
  grantdesk.ports.pass(0)
  grantdesk.ports.pass(1_000)
  await expect.poll(() => tokenRequests).toBe(1)
  const look = <T>(answer: T): T => {
    if (onDisk(id) === before) seenBeforeDisk.push('an answer')
    return answer
  }
  try {
    const tab = await openTab(http.url)
    const remote = await Promise.all(Array.from({ length: 10 }, () => openRemoteDoor(folder)))
    const answers = [
      ...Array.from({ length: commands }, () =>
        commandLine.run(['token', 'one'], { env: { GRANTDESK_HOME: folder } }).then(({ stdout, stderr }) => {
          if (stderr !== '') throw new Error(stderr)
          return stdout.trim()
        }),
      ),
      ...Array.from({ length: tabs }, () => tab.call('connections.token', { id }).then(tokenIn)),
      ...Array.from({ length: 300 }, (_, at) => {
        const call = remote[at % remote.length]?.call('connections.token', { id })
        return call?.then(tokenIn) ?? Promise.reject(new Error('no host answers on the socket'))
      }),
      ...Array.from({ length: all - 300 - tabs - commands }, () =>
        counted.call('connections.token', { id }, 'window').then((answer) => tokenIn(answer as Answered)),
      ),
    ].map((answer) => answer.then(look))
    const tokens = await Promise.all(answers)
    expect(tokens).toHaveLength(all)
    expect(new Set(tokens).size).toBe(1)
    expect(tokenRequests).toBe(1)
    expect(seenBeforeDisk).toEqual([])
    const works = await network(`${server.baseUrl}/me`, { headers: { authorization: `Bearer ${tokens[0]}` } })
    expect(works.status).toBe(200)
    for (const door of remote) door?.close()
  } finally {
    letGo.resolve()
    await commandLine.close()
    await socket.close()
    await http.close()
  }
})

it('a command that is stopped by Ctrl-C takes the refresh from nobody: it goes on in the host', async () => {
  const id = await connected('reuse revokes the family')
  const letGo = Promise.withResolvers<void>()
  gate = letGo.promise
  const socket = await openLocalSocket(folder, grantdesk.app)
  const commandLine = openTestCommandLine()
  try {
    const before = onDisk(id)
    const command = commandLine.start(['refresh', 'one'], { env: { GRANTDESK_HOME: folder } })
    await expect.poll(() => tokenRequests).toBe(1)
    const ofWindow = grantdesk.call('connections.refresh', { id })
    command.child.kill('SIGINT')
    expect(await command.ended).toMatchObject({ stdout: '' })
    letGo.resolve()
    expect((await ofWindow).status.kind).toBe('good')
    expect(tokenRequests).toBe(1)
    expect(onDisk(id)).not.toEqual(before)
    const { entries } = await grantdesk.call('history.list', { connectionId: id, operation: 'refresh' })
    expect(entries).toMatchObject([
      { caller: 'window', outcome: 'done' },
      { caller: 'command', outcome: 'done' },
    ])
  } finally {
    letGo.resolve()
    await commandLine.close()
    await socket.close()
  }
})

type Answered = { ok: true; value: { accessToken: string } } | { ok: false; failure: { message: string } }

function tokenIn(answer: Answered): string {
  if (!answer.ok) throw new Error(answer.failure.message)
  return answer.value.accessToken
}

async function openTab(url: string) {
  const { origin } = new URL(url)
  const admitted = await fetch(url, { redirect: 'manual' })
  const cookie = admitted.headers.get('set-cookie')?.split(';')[0] ?? ''
  const { hash } = new URL(admitted.headers.get('location') ?? '', origin)
  return createTabDoor({
    fetch: (path, options) =>
      fetch(new URL(String(path), origin), { ...options, headers: { ...options?.headers, cookie, origin } }),
    proof: new URLSearchParams(hash.slice(1)).get('proof') ?? '',
    onReachable: () => undefined,
    onBarred: () => undefined,
  })
}

it('keeps the old refresh token until the new access token has worked', async () => {
  const id = await connected('old lives until new is used')
  const first = await stored(id)
  await grantdesk.call('connections.refresh', { id })
  const second = await stored(id)
  expect(second).toEqual({ refresh: expect.not.stringContaining(first.refresh ?? ''), previous: first.refresh })
  await grantdesk.call('requests.send', { key: 'a', connectionId: id, method: 'GET', path: '/me' })
  expect(await stored(id)).toEqual({ refresh: second.refresh, previous: null })
})

it('goes on with the old one where the service has lost the new one and keeps the old', async () => {
  const id = await connected('old lives until new is used')
  const first = await stored(id)
  server.open('restored from yesterday', 'old lives until new is used', 'now')
  await grantdesk.call('connections.refresh', { id })
  current = 'restored from yesterday'
  expect(await grantdesk.call('connections.refresh', { id })).toMatchObject({ status: { kind: 'good' } })
  expect(tokenRequests).toBe(3)
  expect(await stored(id)).toEqual({
    refresh: expect.not.stringContaining(first.refresh ?? ''),
    previous: first.refresh,
  })
})

it('tries the old one once: refused as well, it is forgotten, and the first refusal is what is told', async () => {
  const id = await connected('old dies at once')
  await grantdesk.call('connections.refresh', { id })
  server.open('empty', 'old dies at once')
  current = 'empty'
  const refused = { failure: { kind: 'refused', error: 'invalid_grant' } }
  await expect(grantdesk.call('connections.refresh', { id })).rejects.toMatchObject(refused)
  expect(tokenRequests).toBe(3)
  expect(await stored(id)).toEqual({ refresh: expect.any(String), previous: null })
  await expect(grantdesk.call('connections.refresh', { id })).rejects.toMatchObject(refused)
  expect(tokenRequests).toBe(4)
})

it('does not try the old one for a wrong client secret, which says nothing of the new one', async () => {
  const id = await connected('reuse revokes the family')
  await grantdesk.call('connections.refresh', { id })
  const { previous } = await stored(id)
  server.open('secret replaced', 'reuse revokes the family', 'now', 'another secret')
  current = 'secret replaced'
  await expect(grantdesk.call('connections.refresh', { id })).rejects.toMatchObject({
    failure: { error: 'invalid_client' },
  })
  expect(tokenRequests).toBe(2)
  expect((await stored(id)).previous).toBe(previous)
  current = 'now'
  expect(await grantdesk.call('connections.refresh', { id })).toMatchObject({ status: { kind: 'good' } })
})
