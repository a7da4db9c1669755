// Locking while something is under way: everybody sees a locked vault at once, and what a server answers is still kept.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Change } from '../../contract/change.ts'
import { usualSettings } from '../../contract/settings.ts'
import type { PracticeServices } from '../../core/ports.ts'
import { startPractice } from '../../practice/index.ts'
import { memoryPorts } from '../support/memory-ports.ts'
import { slowNetwork } from '../support/slow-network.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let first: TestApp
let services: PracticeServices
let id: string

beforeEach(async () => {
  services = await startPractice()
  const practice = { start: async () => ({ ...services, close: async () => undefined }) }
  first = await openTestApp(memoryPorts({ practice }))
  id = (await first.connected('planio')).id
})

afterEach(async () => {
  await first.close()
  await services.close()
})

const network = () => slowNetwork('/oauth/token')

/** The same vault, with all that its callers are told from now on. */
async function again({ fetch }: { fetch: typeof globalThis.fetch }) {
  const { disk, keychain, practice } = first.ports
  const grantdesk = await openTestApp(memoryPorts({ keychain, practice, fetch }, disk))
  const told: Change[] = []
  grantdesk.app.listen((change) => told.push(change))
  told.length = 0
  return { grantdesk, told }
}

const isLocked = (grantdesk: TestApp) =>
  expect.poll(async () => (await grantdesk.call('app.snapshot', {})).vault.state, { interval: 5 }).toBe('locked')

describe('locking while a refresh is under way', () => {
  it('shows a locked vault at once, tells and answers nothing more, and keeps the new tokens', async () => {
    const slow = network()
    const { grantdesk, told } = await again(slow)
    const before = await grantdesk.call('connections.reveal', { id, what: 'access_token' })
    const refreshing = grantdesk.call('connections.refresh', { id }).catch((error: Error) => error.message)
    await slow.reached()
    told.length = 0
    const locking = grantdesk.call('vault.lock', {})
    await isLocked(grantdesk)
    const { connections, services: shown, clients, flows } = await grantdesk.call('app.snapshot', {})
    expect([...connections, ...clients, ...flows, ...shown]).toEqual([])
    const refused = [
      () => grantdesk.call('connections.reveal', { id, what: 'access_token' }),
      () => grantdesk.call('connections.copy', { id, what: 'access_token' }),
      () => grantdesk.call('vault.removeSlot', { id }),
      () => grantdesk.call('flows.list', {}),
      () => grantdesk.call('backup.make', { passphrase: 'correct horse' }),
    ]
    for (const call of refused) await expect(call()).rejects.toMatchObject({ failure: { kind: 'vault_locked' } })
    slow.letGo()
    expect(await locking).toMatchObject({ state: 'locked' })
    expect(await refreshing).toMatch(/is kept/)
    expect(told.map(({ kind }) => kind)).toEqual(told.map(() => 'snapshot'))
    expect(JSON.stringify(told)).not.toContain(id)
    await grantdesk.call('vault.retry', {})
    const after = await grantdesk.call('connections.reveal', { id, what: 'access_token' })
    expect(after.value).not.toBe(before.value)
    expect(await grantdesk.call('connections.refresh', { id })).toMatchObject({ status: { kind: 'good' } })
    await grantdesk.close()
  })

  it('opens again at once, and the answer that comes then is kept', async () => {
    const slow = network()
    const { grantdesk } = await again(slow)
    const refreshing = grantdesk.call('connections.refresh', { id }).catch((error: Error) => error.message)
    await slow.reached()
    const locking = grantdesk.call('vault.lock', {})
    await isLocked(grantdesk)
    expect(await grantdesk.call('vault.retry', {})).toMatchObject({ state: 'open' })
    expect((await grantdesk.call('app.snapshot', {})).connections).toHaveLength(1)
    slow.letGo()
    await Promise.all([locking, refreshing])
    expect((await grantdesk.call('app.snapshot', {})).vault).toMatchObject({ state: 'open' })
    expect(await grantdesk.call('connections.refresh', { id })).toMatchObject({ status: { kind: 'good' } })
    await grantdesk.call('vault.lock', {})
    await isLocked(grantdesk)
    await grantdesk.close()
  })

  it('twice waits for the answer all the same', async () => {
    const slow = network()
    const { grantdesk } = await again(slow)
    const refreshing = grantdesk.call('connections.refresh', { id }).catch(() => undefined)
    await slow.reached()
    const locking = [grantdesk.call('vault.lock', {}), grantdesk.call('vault.lock', {})]
    slow.letGo()
    await Promise.all([...locking, refreshing])
    await grantdesk.call('vault.retry', {})
    expect(await grantdesk.call('connections.refresh', { id })).toMatchObject({ status: { kind: 'good' } })
    await grantdesk.close()
  })
})

describe('locking while a refresh is under way, and another Grantdesk changes the vault before the answer comes', () => {
  /** The answer has come, and could not be written over what the other one did. */
  async function changedAtTheLock(change: (other: TestApp, grantdesk: TestApp) => Promise<unknown>) {
    const slow = network()
    const { grantdesk } = await again(slow)
    const refreshing = grantdesk.call('connections.refresh', { id }).catch((error: Error) => error.message)
    await slow.reached()
    const locking = grantdesk.call('vault.lock', {})
    await isLocked(grantdesk)
    const { grantdesk: other } = await again({ fetch })
    await change(other, grantdesk)
    await other.close()
    slow.letGo()
    expect(await refreshing).toMatch(/held in memory/)
    await locking
    return grantdesk
  }

  it('keeps the newer tokens that it stored, and those that came, beside each other', async () => {
    const grantdesk = await changedAtTheLock((other) => other.connected('planio', { reconnect: id }))
    await grantdesk.call('vault.retry', {})
    const { connections } = await grantdesk.call('app.snapshot', {})
    expect(connections).toHaveLength(2)
    for (const each of connections) {
      const refreshed = await grantdesk.call('connections.refresh', { id: each.id })
      expect(refreshed.status, each.name).toEqual({ kind: 'good' })
    }
    await grantdesk.close()
  })

  it('keeps both also where putting back the last good copy is asked for meanwhile', async () => {
    const grantdesk = await changedAtTheLock(async (other, leaving) => {
      await other.connected('planio', { reconnect: id })
      // Whether the keys are gone by then depends on when this host next writes.
      await expect(leaving.call('vault.recover', {})).rejects.toMatchObject({ failure: { kind: 'conflict' } })
    })
    await grantdesk.call('vault.retry', {})
    expect((await grantdesk.call('app.snapshot', {})).connections).toHaveLength(2)
    await grantdesk.close()
  })

  it('answers nothing from memory until it is opened again, and then what the vault holds', async () => {
    const removed = (await first.connected('planio')).id
    const grantdesk = await changedAtTheLock((other) => other.call('connections.remove', { id: removed }))
    expect((await grantdesk.call('app.snapshot', {})).vault).toMatchObject({ state: 'broken' })
    const refused = [
      () => grantdesk.call('flows.list', {}),
      () => grantdesk.call('connections.inspect', { id }),
      () => grantdesk.call('connections.scopeChanges', { id }),
    ]
    for (const call of refused) await expect(call()).rejects.toThrow(/changed by somebody else/)
    expect(await grantdesk.call('vault.retry', {})).toMatchObject({ state: 'open' })
    expect((await grantdesk.call('app.snapshot', {})).connections.map((each) => each.id)).toEqual([id])
    await expect(grantdesk.call('connections.tag', { id: removed, tags: ['x'] })).rejects.toThrow(/does not exist/)
    expect(await grantdesk.call('connections.refresh', { id })).toMatchObject({ status: { kind: 'good' } })
    await grantdesk.close()
  })
})

describe('locking by itself', () => {
  const minutes = (count: number) => count * 60_000
  const openAgain = (grantdesk: TestApp) => grantdesk.call('vault.retry', {})
  const state = async (grantdesk: TestApp) => (await grantdesk.call('app.snapshot', {}, 'host')).vault

  it('a served vault that nobody uses locks, says why, and opens only when somebody asks', async () => {
    const { grantdesk } = await again({ fetch })
    grantdesk.ports.pass(minutes(14))
    await grantdesk.call('flows.list', {}, 'command')
    grantdesk.ports.pass(minutes(14))
    expect(await state(grantdesk)).toMatchObject({ state: 'open' })
    grantdesk.ports.pass(minutes(1))
    await isLocked(grantdesk)
    expect(await state(grantdesk)).toMatchObject({ reason: 'locked_by_itself', why: 'Nobody used it for 15 minutes.' })
    grantdesk.ports.pass(minutes(600))
    expect(await state(grantdesk)).toMatchObject({ state: 'locked' })
    expect(await openAgain(grantdesk)).toMatchObject({ state: 'open' })
    await grantdesk.close()
  })

  it('what the host, or a tab by itself, asks for is no use; a hand at the tab is', async () => {
    const { grantdesk } = await again({ fetch })
    grantdesk.ports.pass(minutes(14))
    await grantdesk.call('app.used', {}, 'tab')
    grantdesk.ports.pass(minutes(14))
    expect(await state(grantdesk)).toMatchObject({ state: 'open' })
    await grantdesk.call('connections.refresh', { id }, 'host')
    await grantdesk.call('flows.list', {}, 'tab')
    grantdesk.ports.pass(minutes(1))
    await isLocked(grantdesk)
    await grantdesk.close()
  })

  it('keeps to what the person chose, in every host that opens the vault, and tells everybody of it', async () => {
    const { grantdesk, told } = await again({ fetch })
    const lock = { afterMinutes: 5, onSleep: false, onScreenLock: true }
    expect(await grantdesk.call('settings.save', { lock })).toEqual({ ...usualSettings, lock })
    expect(told).toContainEqual({ kind: 'settings', settings: { ...usualSettings, lock } })
    await grantdesk.close()
    const { grantdesk: later } = await again({ fetch })
    expect((await later.call('app.snapshot', {})).settings).toEqual({ ...usualSettings, lock })
    later.ports.pass(minutes(5))
    await isLocked(later)
    await later.close()
  })

  it('waits for no disk: what could not be written yet is kept, and then the keys go', async () => {
    const slow = network()
    const { grantdesk } = await again(slow)
    const { document } = grantdesk.ports
    const { write } = document
    const refreshing = grantdesk.call('connections.refresh', { id }).catch((error: Error) => error.message)
    await slow.reached()
    document.write = () => {
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    }
    grantdesk.ports.pass(minutes(15))
    await isLocked(grantdesk)
    slow.letGo()
    expect(await refreshing).toMatch(/could not be written/)
    document.write = write
    await openAgain(grantdesk)
    expect(await grantdesk.call('connections.refresh', { id })).toMatchObject({ status: { kind: 'good' } })
    await grantdesk.close()
  })
})
