// Promise 4 while the vault is being closed: what is on its way arrives, and nothing new sets out.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PracticeServices } from '../../core/ports.ts'
import { startPractice } from '../../practice/index.ts'
import { memoryPorts } from '../support/memory-ports.ts'
import { slowNetwork } from '../support/slow-network.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { visit } from './practice-browser.ts'

let grantdesk: TestApp
let services: PracticeServices
let network: ReturnType<typeof slowNetwork>

beforeEach(async () => {
  services = await startPractice()
  const practice = { start: async () => ({ ...services, close: async () => undefined }) }
  const first = await openTestApp(memoryPorts({ practice }))
  await first.connected('planio')
  network = slowNetwork('/oauth/token')
  const { disk, keychain } = first.ports
  grantdesk = await openTestApp(memoryPorts({ practice, keychain, fetch: network.fetch }, disk))
})

afterEach(async () => {
  network.letGo()
  await grantdesk.close()
  await services.close()
})

const state = async () => grantdesk.call('app.snapshot', {})

async function held() {
  const [connection] = (await state()).connections
  if (!connection) throw new Error('no connection')
  return connection
}

/** Begins to connect with the client that is there; not answered by the person yet. */
async function begin(choice: { reconnect?: string; openBrowser?: boolean } = {}) {
  const { clientId } = await held()
  const grantId = 'authorization_code'
  return grantdesk.call('connect.start', {
    client: { id: clientId ?? '' },
    grantId,
    scopes: ['view_project'],
    ...choice,
  })
}

/** The person has allowed it, and the code is on its way to the token endpoint. */
async function exchanging(choice: { reconnect?: string } = {}) {
  const attempt = await begin(choice)
  if (attempt.state !== 'awaiting_redirect') throw new Error(attempt.state)
  const { redirect } = await visit(attempt.authorizationUrl)
  if (redirect) await (await fetch(redirect)).text()
  await network.reached()
  return attempt
}

const unlocked = async () => {
  await grantdesk.call('vault.retry', {})
  return (await state()).connections
}

describe('connecting while the vault is being locked', () => {
  it('is refused when it begins after locking began', async () => {
    const { id } = await held()
    const refreshing = grantdesk.call('connections.refresh', { id }).catch(() => undefined)
    await network.reached()
    const locking = grantdesk.call('vault.lock', {})
    await expect(begin()).rejects.toThrow(/locked/)
    network.letGo()
    await refreshing
    expect(await locking).toMatchObject({ state: 'locked' })
  })

  it('is ended, without a look at the browser, when it was only just beginning', async () => {
    const beginning = begin().catch(() => undefined)
    expect(await grantdesk.call('vault.lock', {})).toMatchObject({ state: 'locked' })
    await beginning
    expect(grantdesk.ports.opened).toEqual([])
    expect(await unlocked()).toHaveLength(1)
  })

  it('is waited for when its tokens are on their way', async () => {
    await exchanging()
    const locking = grantdesk.call('vault.lock', {})
    network.letGo()
    expect(await locking).toMatchObject({ state: 'locked' })
    expect(await unlocked()).toHaveLength(2)
  })

  it('puts the tokens of a reconnection into the connection that they are for', async () => {
    const { id } = await held()
    await exchanging({ reconnect: id })
    const locking = grantdesk.call('vault.lock', {})
    network.letGo()
    await locking
    expect(await unlocked()).toMatchObject([{ id, status: { kind: 'good' } }])
    expect(await grantdesk.call('connections.refresh', { id })).toMatchObject({ status: { kind: 'good' } })
  })

  it('asks nothing any more when the tokens are another account’s: they are kept apart', async () => {
    const { id } = await held()
    const attempt = await begin({ reconnect: id })
    if (attempt.state !== 'awaiting_redirect') throw new Error(attempt.state)
    const { redirect } = await visit(attempt.authorizationUrl, { account: 'alice' })
    if (redirect) await (await fetch(redirect)).text()
    await network.reached()
    const locking = grantdesk.call('vault.lock', {})
    network.letGo()
    expect(await locking).toMatchObject({ state: 'locked' })
    expect(await unlocked()).toHaveLength(2)
  })
})

it('closing the host waits for the answer to a refresh, and stores it', async () => {
  const { id } = await held()
  const refreshing = grantdesk.call('connections.refresh', { id })
  await network.reached()
  const closing = grantdesk.app.close()
  network.letGo()
  await refreshing
  await closing
  const { keychain, practice, disk } = grantdesk.ports
  grantdesk = await openTestApp(memoryPorts({ keychain, practice }, disk))
  expect(await grantdesk.call('connections.refresh', { id })).toMatchObject({ status: { kind: 'good' } })
})
