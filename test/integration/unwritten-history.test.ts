// Who did what cannot be written down just now: what has been done stands, and no secret is handed out unseen.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Desk, openDesk } from '../support/desk.ts'
import { memoryPorts } from '../support/memory-ports.ts'

let desk: Desk
let full: boolean

beforeEach(async () => {
  full = false
  const ports = memoryPorts()
  const { append } = ports.logs
  ports.logs.append = (name, size, bytes) => {
    if (full) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    append(name, size, bytes)
  }
  desk = await openDesk(ports)
})

afterEach(() => desk.close())

const acts = async (id: string) =>
  (await desk.call('history.list', { connectionId: id })).entries.map(({ act, outcome }) => `${act} ${outcome}`)

it('a refresh that brought new tokens is no failure', async () => {
  const { id } = await desk.connected('planio')
  full = true
  expect(await desk.call('connections.refresh', { id })).toMatchObject({ standing: { kind: 'good' } })
})

it('a request that was answered does not look as if it had to be sent again', async () => {
  const { id } = await desk.connected('planio')
  full = true
  const result = await desk.call('requests.send', {
    ...{ key: 'k', connectionId: id, method: 'POST', path: '/projects/website/issues.json' },
    ...{ headers: [['Content-Type', 'application/json']], body: JSON.stringify({ issue: { subject: 'Once' } }) },
  })
  expect(result.status).toBe(201)
})

it('connecting and renaming stand', async () => {
  full = true
  const { id } = await desk.connected('planio')
  expect(await desk.call('connections.rename', { id, name: 'Work' })).toMatchObject({ name: 'Work' })
})

it('no secret is handed out', async () => {
  const { id } = await desk.connected('planio')
  full = true
  await expect(desk.call('connections.reveal', { id, what: 'access_token' })).rejects.toThrow(/not be written/)
  await expect(desk.call('connections.copy', { id, what: 'header' })).rejects.toThrow(/not be written/)
  await expect(desk.call('connections.token', { id })).rejects.toThrow(/not be written/)
  expect(desk.ports.copied).toEqual([])
})

it('what was done is written down with the next that can be', async () => {
  const { id } = await desk.connected('planio')
  full = true
  await desk.call('connections.refresh', { id })
  await desk.call('connections.reveal', { id, what: 'access_token' }).catch(() => undefined)
  full = false
  await desk.call('connections.rename', { id, name: 'Work' })
  expect(await acts(id)).toEqual(['rename done', 'refresh done', 'connect done'])
})
