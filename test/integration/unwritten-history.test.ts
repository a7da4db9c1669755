// Who did what cannot be written down just now: what has been done stands, and no secret is handed out unseen.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { memoryPorts } from '../support/memory-ports.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let grantdesk: TestApp
let full: boolean

beforeEach(async () => {
  full = false
  const ports = memoryPorts()
  const { append } = ports.logs
  ports.logs.append = (name, size, bytes) => {
    if (full) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    append(name, size, bytes)
  }
  grantdesk = await openTestApp(ports)
})

afterEach(() => grantdesk.close())

const operations = async (id: string) =>
  (await grantdesk.call('history.list', { connectionId: id })).entries.map(
    ({ operation, outcome }) => `${operation} ${outcome}`,
  )

it('a refresh that brought new tokens is no failure', async () => {
  const { id } = await grantdesk.connected('planio')
  full = true
  expect(await grantdesk.call('connections.refresh', { id })).toMatchObject({ status: { kind: 'good' } })
})

it('a request that was answered does not look as if it had to be sent again', async () => {
  const { id } = await grantdesk.connected('planio')
  full = true
  const result = await grantdesk.call('requests.send', {
    ...{ key: 'k', connectionId: id, method: 'POST', path: '/projects/website/issues.json' },
    ...{ headers: [['Content-Type', 'application/json']], body: JSON.stringify({ issue: { subject: 'Once' } }) },
  })
  expect(result.status).toBe(201)
})

it('connecting and renaming stand', async () => {
  full = true
  const { id } = await grantdesk.connected('planio')
  expect(await grantdesk.call('connections.rename', { id, name: 'Work' })).toMatchObject({ name: 'Work' })
})

it('no secret is handed out', async () => {
  const { id } = await grantdesk.connected('planio')
  full = true
  await expect(grantdesk.call('connections.reveal', { id, what: 'access_token' })).rejects.toThrow(/not be written/)
  await expect(grantdesk.call('connections.copy', { id, what: 'header' })).rejects.toThrow(/not be written/)
  await expect(grantdesk.call('connections.token', { id })).rejects.toThrow(/not be written/)
  expect(grantdesk.ports.copied).toEqual([])
})

it('what was done is written down with the next that can be', async () => {
  const { id } = await grantdesk.connected('planio')
  full = true
  await grantdesk.call('connections.refresh', { id })
  await grantdesk.call('connections.reveal', { id, what: 'access_token' }).catch(() => undefined)
  full = false
  await grantdesk.call('connections.rename', { id, name: 'Work' })
  expect(await operations(id)).toEqual(['rename done', 'refresh done', 'connect done'])
})
