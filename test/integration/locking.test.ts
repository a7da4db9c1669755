// Locking while something is under way: everybody sees a locked vault at once, and what a server answers is still kept.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Change } from '../../contract/change.ts'
import type { PracticeServices } from '../../core/ports.ts'
import { startPractice } from '../../practice/index.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { memoryPorts } from '../support/memory-ports.ts'
import { slowNetwork } from '../support/slow-network.ts'

let first: Desk
let services: PracticeServices
let id: string

beforeEach(async () => {
  services = await startPractice()
  const practice = { start: async () => ({ ...services, close: async () => undefined }) }
  first = await openDesk(memoryPorts({ practice }))
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
  const desk = await openDesk(memoryPorts({ keychain, practice, fetch }, disk))
  const told: Change[] = []
  desk.app.listen((change) => told.push(change))
  told.length = 0
  return { desk, told }
}

const isLocked = (desk: Desk) =>
  expect.poll(async () => (await desk.call('app.snapshot', {})).vault.state, { interval: 5 }).toBe('locked')

describe('locking while a refresh is under way', () => {
  it('shows a locked vault at once, tells and answers nothing more, and keeps the new tokens', async () => {
    const slow = network()
    const { desk, told } = await again(slow)
    const before = await desk.call('connections.reveal', { id, what: 'access_token' })
    const refreshing = desk.call('connections.refresh', { id }).catch((error: Error) => error.message)
    await slow.reached()
    told.length = 0
    const locking = desk.call('vault.lock', {})
    await isLocked(desk)
    const { connections, services: shown, clients, flows } = await desk.call('app.snapshot', {})
    expect([...connections, ...clients, ...flows, ...shown]).toEqual([])
    const refused = [
      () => desk.call('connections.reveal', { id, what: 'access_token' }),
      () => desk.call('connections.copy', { id, what: 'access_token' }),
      () => desk.call('vault.removeSlot', { id }),
      () => desk.call('flows.list', {}),
      () => desk.call('backup.make', { passphrase: 'correct horse' }),
    ]
    for (const call of refused) await expect(call()).rejects.toMatchObject({ failure: { kind: 'vault_locked' } })
    slow.letGo()
    expect(await locking).toMatchObject({ state: 'locked' })
    expect(await refreshing).toMatch(/is kept/)
    expect(told.map(({ kind }) => kind)).toEqual(told.map(() => 'snapshot'))
    expect(JSON.stringify(told)).not.toContain(id)
    await desk.call('vault.retry', {})
    const after = await desk.call('connections.reveal', { id, what: 'access_token' })
    expect(after.value).not.toBe(before.value)
    expect(await desk.call('connections.refresh', { id })).toMatchObject({ standing: { kind: 'good' } })
    await desk.close()
  })

  it('opens again at once, and the answer that comes then is kept', async () => {
    const slow = network()
    const { desk } = await again(slow)
    const refreshing = desk.call('connections.refresh', { id }).catch((error: Error) => error.message)
    await slow.reached()
    const locking = desk.call('vault.lock', {})
    await isLocked(desk)
    expect(await desk.call('vault.retry', {})).toMatchObject({ state: 'open' })
    expect((await desk.call('app.snapshot', {})).connections).toHaveLength(1)
    slow.letGo()
    await Promise.all([locking, refreshing])
    expect((await desk.call('app.snapshot', {})).vault).toMatchObject({ state: 'open' })
    expect(await desk.call('connections.refresh', { id })).toMatchObject({ standing: { kind: 'good' } })
    await desk.call('vault.lock', {})
    await isLocked(desk)
    await desk.close()
  })

  it('twice waits for the answer all the same', async () => {
    const slow = network()
    const { desk } = await again(slow)
    const refreshing = desk.call('connections.refresh', { id }).catch(() => undefined)
    await slow.reached()
    const locking = [desk.call('vault.lock', {}), desk.call('vault.lock', {})]
    slow.letGo()
    await Promise.all([...locking, refreshing])
    await desk.call('vault.retry', {})
    expect(await desk.call('connections.refresh', { id })).toMatchObject({ standing: { kind: 'good' } })
    await desk.close()
  })
})
