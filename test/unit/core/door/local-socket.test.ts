import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Change } from '../../../../contract/change.ts'
import type { Answer } from '../../../../contract/failure.ts'
import { largestCall } from '../../../../core/door/largest-call.ts'
import { type LocalSocket, openLocalSocket } from '../../../../core/door/local-socket.ts'
import { openRemoteDoor, type RemoteDoor } from '../../../../core/door/remote-door.ts'
import { type SampleApp, sampleApp, sampleSnapshot } from './sample-app.ts'

let folder = ''
let app: SampleApp
let opened: LocalSocket[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grantdesk-socket-'))
  app = sampleApp()
  opened = []
})
afterEach(async () => {
  for (const socket of opened) await socket.close()
  rmSync(folder, { recursive: true })
})

async function listen(where = folder): Promise<LocalSocket> {
  const socket = await openLocalSocket(where, app)
  opened.push(socket)
  return socket
}

async function reach(where = folder): Promise<RemoteDoor> {
  const door = await openRemoteDoor(where)
  if (!door) throw new Error('nobody answers')
  return door
}

/** A host that accepts callers and says nothing until it is opened. */
async function silentHost() {
  const sockets = new Set<Socket>()
  let isOpen = false
  const sign = () => {
    for (const socket of sockets) socket.write('{"alive":true}\n')
  }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('data', () => isOpen && socket.writableLength === 0 && sockets.size > 0 && firstSign(socket))
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  const greeted = new WeakSet<Socket>()
  const firstSign = (socket: Socket) => {
    if (greeted.has(socket)) return
    greeted.add(socket)
    socket.write('{"alive":true}\n')
  }
  await new Promise<void>((resolve) => server.listen(join(folder, 'door.sock'), resolve))
  writeFileSync(join(folder, 'door.json'), JSON.stringify({ address: join(folder, 'door.sock'), protocol: 2 }))
  const open = () => {
    isOpen = true
    sign()
    return true
  }
  return { server, open, sign }
}

const modeOf = (path: string) => statSync(path).mode & 0o777

it('carries calls of the caller “command” and their answers', async () => {
  await listen()
  const door = await reach()
  app.answer = async () => ({ ok: false, failure: { kind: 'not_found', message: 'No such thing.' } })
  expect(await door.call('connections.refresh', { id: 'x' })).toEqual({
    ok: false,
    failure: { kind: 'not_found', message: 'No such thing.' },
  })
  expect(app.calls.at(-1)).toEqual({ name: 'connections.refresh', input: { id: 'x' }, caller: 'command' })
  door.close()
})

it('answers calls under way at once, each with its own answer', async () => {
  await listen()
  const door = await reach()
  const first = Promise.withResolvers<void>()
  app.answer = async (name) => {
    if (name === 'history.list') await first.promise
    return name === 'history.list'
      ? { ok: true, value: { entries: [], total: 0 } }
      : { ok: true, value: { accessToken: 'a' } }
  }
  const slow = door.call('history.list', { connectionId: 'x' })
  expect(await door.call('connections.token', { id: 'x' })).toEqual({ ok: true, value: { accessToken: 'a' } })
  first.resolve()
  expect(await slow).toEqual({ ok: true, value: { entries: [], total: 0 } })
  door.close()
})

it('begins with a snapshot, tells of changes, and stops when told to', async () => {
  await listen()
  const door = await reach()
  const heard: Change[] = []
  const stop = door.listen((change) => heard.push(change))
  await expect.poll(() => heard).toEqual([{ kind: 'snapshot', snapshot: sampleSnapshot }])
  for (const listener of app.listeners) listener({ kind: 'flow_removed', id: 'f' })
  await expect.poll(() => heard.at(-1)).toEqual({ kind: 'flow_removed', id: 'f' })
  stop()
  await expect.poll(() => app.listeners.size).toBe(0)
  door.close()
})

it('forgets the listeners of a caller that went away', async () => {
  await listen()
  const door = await reach()
  door.listen(() => undefined)
  await expect.poll(() => app.listeners.size).toBe(1)
  door.close()
  await expect.poll(() => app.listeners.size).toBe(0)
})

it('lies in the folder, for its owner alone, and is gone afterwards', async () => {
  const { address, close } = await listen()
  expect(address).toBe(join(folder, 'door.sock'))
  expect([modeOf(address), modeOf(join(folder, 'door.json'))]).toEqual([0o600, 0o600])
  await close()
  expect([existsSync(address), existsSync(join(folder, 'door.json'))]).toEqual([false, false])
})

it('takes a short place of its own where the folder’s path is too long', async () => {
  const long = join(folder, 'a'.repeat(60), 'b'.repeat(60))
  mkdirSync(long, { recursive: true })
  const { address, close } = await listen(long)
  expect(Buffer.byteLength(address)).toBeLessThanOrEqual(100)
  expect(modeOf(join(address, '..'))).toBe(0o700)
  const door = await reach(long)
  expect((await door.call('app.snapshot', {})).ok).toBe(true)
  door.close()
  await close()
  expect(existsSync(join(address, '..'))).toBe(false)
})

it('replaces what a crash left behind', async () => {
  const dead = createServer().listen(join(folder, 'door.sock'))
  await new Promise((resolve) => dead.once('listening', resolve))
  const { renameSync } = await import('node:fs')
  renameSync(join(folder, 'door.sock'), join(folder, 'kept'))
  await new Promise((resolve) => dead.close(resolve))
  renameSync(join(folder, 'kept'), join(folder, 'door.sock'))
  expect(await openRemoteDoor(folder)).toBeNull()
  await listen()
  const door = await reach()
  expect((await door.call('app.snapshot', {})).ok).toBe(true)
  door.close()
})

it('does not remove a file that is no socket', async () => {
  writeFileSync(join(folder, 'door.sock'), 'somebody’s')
  await expect(openLocalSocket(folder, app)).rejects.toThrow()
  expect(readFileSync(join(folder, 'door.sock'), 'utf8')).toBe('somebody’s')
})

it.each(['nonsense\n', '{"id":1}\n', '[]\n', '{"id":1,"procedure":"app.snapshot","input":{},"caller":"window"}\n'])(
  'ends the connection at the line %j',
  async (line) => {
    const { address } = await listen()
    const socket = connect(address, () => socket.write(line))
    await new Promise((resolve) => socket.on('close', resolve))
    expect(app.calls).toEqual([])
  },
)

it('ends the connection at a line without end', async () => {
  const { address } = await listen()
  const socket = connect(address)
  const closed = new Promise((resolve) => socket.on('close', resolve))
  socket.on('error', () => undefined)
  for (let sent = 0; sent <= largestCall; sent += 1024 * 1024) socket.write('x'.repeat(1024 * 1024))
  await closed
  const door = await reach()
  expect((await door.call('app.snapshot', {})).ok).toBe(true)
  door.close()
})

it('begins no more for a caller that does not read, answers others meanwhile, and goes on when it reads', async () => {
  const { address } = await listen()
  app.answer = async () => ({ ok: true, value: 'x'.repeat(100_000) })
  const socket = connect(address)
  const many = 2_000
  const lines = Array.from({ length: many }, (_, id) => JSON.stringify({ id, procedure: 'app.snapshot', input: {} }))
  socket.pause()
  socket.write(`${lines.join('\n')}\n`)
  await expect.poll(() => app.calls.length).toBeGreaterThan(100)
  await expect
    .poll(async () => {
      const before = app.calls.length
      await pause(50)
      return app.calls.length - before
    })
    .toBe(0)
  expect(app.calls.length).toBeLessThan(500)
  app.answer = async () => ({ ok: true, value: { accessToken: 'another’s' } })
  const other = await reach()
  expect(await other.call('connections.token', { id: 'x' })).toMatchObject({ ok: true })
  other.close()
  let answers = 0
  socket.on('data', (chunk) => {
    answers += String(chunk).split('\n').length - 1
  })
  socket.resume()
  await expect.poll(() => answers, { timeout: 10_000 }).toBe(many)
  socket.destroy()
})

it('turns none of a thousand callers away, and answers each', async () => {
  const { address } = await listen()
  app.answer = async () => ({ ok: true, value: { accessToken: 'the one' } })
  const doors = await Promise.all(Array.from({ length: 1_000 }, () => reach()))
  const answers = await Promise.all(doors.map((door) => door.call('connections.token', { id: 'x' })))
  expect(answers.every((answer) => answer.ok)).toBe(true)
  expect(app.calls).toHaveLength(1_000)
  expect(address).toContain('door.sock')
  for (const door of doors) door.close()
})

it('tells a caller that has fallen behind how things stand, instead of all that has happened meanwhile', async () => {
  const { address } = await listen()
  const socket = connect(address)
  socket.pause()
  socket.write('{"id":1,"listen":true}\n')
  await expect.poll(() => app.listeners.size).toBe(1)
  const flow = { kind: 'flow_removed', id: 'x'.repeat(1_000_000) } as const
  for (let count = 0; count < 30; count += 1) for (const listener of app.listeners) listener(flow)
  expect(app.listeners.size).toBe(0)
  let text = ''
  socket.on('data', (chunk) => {
    text += String(chunk)
  })
  socket.resume()
  await expect.poll(() => app.listeners.size).toBe(1)
  await expect.poll(() => text.split('\n').filter((line) => line.includes('"snapshot"')).length).toBe(2)
  expect(text.split('flow_removed').length - 1).toBeLessThan(25)
  socket.destroy()
})

it('lets a call under way end before it closes', async () => {
  const socket = await listen()
  const door = await reach()
  const slow = Promise.withResolvers<void>()
  app.answer = async () => {
    await slow.promise
    return { ok: true, value: { accessToken: 'late' } }
  }
  const asked = door.call('connections.token', { id: 'x' })
  await expect.poll(() => app.calls.length).toBe(1)
  const closing = socket.close()
  slow.resolve()
  expect(await asked).toEqual({ ok: true, value: { accessToken: 'late' } })
  await closing
})

it('goes on with a call whose caller was stopped, for all who wait for the same', async () => {
  await listen()
  const door = await reach()
  const slow = Promise.withResolvers<void>()
  const done = Promise.withResolvers<void>()
  app.answer = async () => {
    await slow.promise
    done.resolve()
    return { ok: true, value: {} }
  }
  void door.call('connections.refresh', { id: 'x' })
  await expect.poll(() => app.calls.length).toBe(1)
  door.close()
  slow.resolve()
  await done.promise
  expect(app.calls.map(({ name }) => name)).not.toContain('connections.cancel')
})

it('tells the caller when the host goes away', async () => {
  const server = createServer((socket) => {
    socket.once('data', (data) => {
      const { id } = JSON.parse(String(data))
      socket.write(`${JSON.stringify({ id, answer: { ok: true, value: sampleSnapshot } })}\n`)
      socket.once('data', () => socket.destroy())
    })
  })
  // As an older version wrote it: such a host gives no signs of life, and is asked something instead.
  await new Promise<void>((resolve) => server.listen(join(folder, 'door.sock'), resolve))
  writeFileSync(join(folder, 'door.json'), JSON.stringify({ address: join(folder, 'door.sock') }))
  const door = await reach()
  expect(await door.call('vault.lock', {})).toMatchObject({ ok: false, failure: { kind: 'network' } })
  await door.ended
  expect(await door.call('vault.lock', {})).toMatchObject({ ok: false, failure: { kind: 'network' } })
  await new Promise((resolve) => server.close(resolve))
})

it('does not take an answer that the contract does not know', async () => {
  await listen()
  const door = await reach()
  app.answer = async () => ({ ok: true, value: { token: 'of another version' } })
  expect(await door.call('connections.token', { id: 'x' })).toMatchObject({
    ok: false,
    failure: { kind: 'unexpected_answer' },
  })
  door.close()
})

it('finds nobody where nobody ever listened, and waits for a host that is slow until waiting is hopeless', async () => {
  expect(await openRemoteDoor(folder)).toBeNull()
  const { server, open } = await silentHost()
  const checks: number[] = []
  expect(
    await openRemoteDoor(folder, {
      interval: 5,
      shouldGiveUp(count) {
        checks.push(count)
        return count === 4
      },
    }),
  ).toBeNull()
  expect(checks).toEqual([1, 2, 3, 4])
  const reached = openRemoteDoor(folder, { interval: 5, shouldGiveUp: (count) => count > 3 && open() && false })
  const door = await reached
  expect(door).not.toBeNull()
  door?.close()
  await new Promise((resolve) => server.close(resolve))
})

it('takes a host for one that hangs when it gives no sign of life for long, and not while it gives them', async () => {
  const { server, open, sign } = await silentHost()
  open()
  const door = await openRemoteDoor(folder, { interval: 5 })
  const asked = door?.call('vault.lock', {})
  let settled = false
  void asked?.then(() => {
    settled = true
  })
  for (let count = 0; count < 40; count += 1) {
    sign()
    await pause(10)
  }
  expect(settled).toBe(false)
  expect(await asked).toMatchObject({ ok: false, failure: { kind: 'timed_out' } })
  await new Promise((resolve) => server.close(resolve))
})

it('does not need the folder to be there when it closes', async () => {
  const { close } = await listen()
  rmSync(folder, { recursive: true })
  await close()
  mkdirSync(folder)
  chmodSync(folder, 0o700)
})

it('tells who is idle that it leaves, and begins nothing of what comes then', async () => {
  const { close } = await listen()
  const door = await reach()
  await close()
  const asked = app.calls.length
  expect(await door.ask('vault.lock', {})).toBeNull()
  expect(await door.call('vault.lock', {})).toMatchObject({ ok: false, failure: { kind: 'network' } })
  expect(app.calls).toHaveLength(asked)
})

it('answers before it leaves what it has begun, as long as that takes, and takes no new callers meanwhile', async () => {
  const { close } = await listen()
  const [busy, idle] = [await reach(), await reach()]
  const answer = Promise.withResolvers<Answer<unknown>>()
  app.answer = () => answer.promise
  const asked = busy.ask('vault.lock', {})
  await expect.poll(() => app.calls.at(-1)?.name).toBe('vault.lock')
  let closed = false
  const closing = close({ timeout: null }).then(() => {
    closed = true
  })
  expect(await openRemoteDoor(folder)).toBeNull()
  expect(closed).toBe(false)
  const words = { ok: false, failure: { kind: 'conflict', message: 'Not now.' } } as const
  answer.resolve(words)
  expect(await asked).toEqual(words)
  await closing
  expect(await idle.ask('vault.lock', {})).toBeNull()
})

it('stays while somebody needs it for what they have begun', async () => {
  const { close } = await listen()
  const door = await reach()
  let used = true
  const closing = close({ timeout: null, stillUsed: async () => used })
  expect(await door.ask('app.snapshot', {})).toMatchObject({ ok: true })
  used = false
  await closing
  expect(await door.ask('app.snapshot', {})).toBeNull()
})

it('lets nobody think that a call has not begun which it has begun and does not answer', async () => {
  const { close } = await listen()
  const door = await reach()
  app.answer = () => new Promise(() => undefined)
  const asked = door.ask('vault.lock', {})
  await expect.poll(() => app.calls.at(-1)?.name).toBe('vault.lock')
  await close({ timeout: 100 })
  expect(await asked).toMatchObject({ ok: false, failure: { kind: 'network' } })
})
