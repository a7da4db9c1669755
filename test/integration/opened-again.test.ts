// Promise 4 where the vault is opened, shut and opened again while tokens are on their way.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Ownership, PracticeServices } from '../../core/ports.ts'
import { startPractice } from '../../practice/index.ts'
import { memoryPorts } from '../support/memory-ports.ts'
import { slowNetwork } from '../support/slow-network.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let grantdesk: TestApp
let services: PracticeServices

beforeEach(async () => {
  services = await startPractice()
  // All hosts of a test see the same services.
  const practice = { start: async () => ({ ...services, close: async () => undefined }) }
  grantdesk = await openTestApp(memoryPorts({ practice }))
})

afterEach(async () => {
  await grantdesk.close()
  await services.close()
})

const holder = { host: 'command' as const, pid: 1, machine: 'here', since: 0 }

/** The same vault in another host, whose token endpoint answers when it is let to. */
async function withSlowTokens() {
  const { id } = await grantdesk.connected('planio')
  const network = slowNetwork('/oauth/token')
  const { disk, keychain, practice } = grantdesk.ports
  const lock = { owner: 'second' }
  const ownership: Ownership = {
    take: () => (lock.owner === 'second' ? { taken: true } : { taken: false, holder }),
    release: () => undefined,
  }
  const second = await openTestApp(memoryPorts({ keychain, practice, ownership, fetch: network.fetch }, disk))
  const status = async () =>
    (await second.call('app.snapshot', {})).connections.find((connection) => connection.id === id)?.status
  return {
    ...{ id, network, second, status },
    /** Another host takes the vault, or gives it back. */
    takenBy: (owner: 'second' | 'third') => {
      lock.owner = owner
    },
    third: () => openTestApp(memoryPorts({ keychain, practice }, disk)),
  }
}

describe('the vault is opened while it is open', () => {
  it('a refresh that is under way is not said to have been cut off', async () => {
    const { id, network, second, status } = await withSlowTokens()
    const refreshing = second.call('connections.refresh', { id })
    await network.reached()
    await second.call('vault.retry', {})
    expect(await status()).toEqual({ kind: 'good' })
    network.letGo()
    await refreshing
    expect(await second.call('connections.refresh', { id })).toMatchObject({ status: { kind: 'good' } })
  })

  it('the tokens of a refresh are kept, however often it is opened meanwhile', async () => {
    const { id, network, second, status } = await withSlowTokens()
    const refreshing = second.call('connections.refresh', { id })
    await network.reached()
    network.letGo()
    let ended = false
    const end = refreshing.finally(() => {
      ended = true
    })
    while (!ended) {
      await Promise.all([second.call('vault.retry', {}), second.call('vault.retry', {})])
      await new Promise(setImmediate)
    }
    await end
    expect(await status()).toEqual({ kind: 'good' })
    expect(await second.call('connections.refresh', { id })).toMatchObject({ status: { kind: 'good' } })
  })
})

describe('another host takes the vault while tokens are on their way', () => {
  /** The refresh is sent, then the vault is taken; `noticed` before its answer comes, or by it. */
  async function takenDuringRefresh({ noticed }: { noticed: 'before' | 'by the answer' }) {
    const setup = await withSlowTokens()
    const { id, network, second, takenBy } = setup
    const refreshing = second.call('connections.refresh', { id })
    await network.reached()
    takenBy('third')
    if (noticed === 'before') await expect(second.call('connections.tag', { id, tags: [] })).rejects.toThrow(/in use/)
    return {
      ...setup,
      async answered() {
        network.letGo()
        await expect(refreshing).rejects.toThrow(/held in memory/)
        expect((await second.call('app.snapshot', {})).vault.state).toBe('busy')
      },
      async reopened() {
        takenBy('second')
        await second.call('vault.retry', {})
        return (await second.call('app.snapshot', {})).connections
      },
    }
  }

  for (const noticed of ['before', 'by the answer'] as const) {
    it(`they are written when it is open here again (noticed ${noticed})`, async () => {
      const { id, second, answered, reopened } = await takenDuringRefresh({ noticed })
      await answered()
      const connections = await reopened()
      expect(connections.map(({ status }) => status)).toEqual([{ kind: 'good' }])
      expect(await second.call('connections.refresh', { id })).toMatchObject({ status: { kind: 'good' } })
    })
  }

  it('what that one stored stays, and what came here is kept beside it', async () => {
    const { id, second, answered, reopened, third } = await takenDuringRefresh({ noticed: 'by the answer' })
    await answered()
    await (await third()).connected('planio', { reconnect: id })
    const connections = await reopened()
    const beside = connections.find((connection) => connection.id !== id)
    expect(connections).toHaveLength(2)
    expect(beside?.status).toMatchObject({ kind: 'needs_attention', failure: { kind: 'conflict' } })
    for (const each of connections) {
      const refreshed = await second.call('connections.refresh', { id: each.id })
      expect(refreshed.status, each.name).toEqual({ kind: 'good' })
    }
  })

  it('what that one stored before the answer comes stays as well', async () => {
    const { id, network, second, reopened, third } = await takenDuringRefresh({ noticed: 'before' })
    await (await third()).connected('planio', { reconnect: id })
    await reopened()
    network.letGo()
    await expect.poll(async () => (await second.call('app.snapshot', {})).connections.length).toBe(2)
    for (const each of (await second.call('app.snapshot', {})).connections) {
      const refreshed = await second.call('connections.refresh', { id: each.id })
      expect(refreshed.status, each.name).toEqual({ kind: 'good' })
    }
  })

  it('the vault does not lock over them', async () => {
    const { second, answered } = await takenDuringRefresh({ noticed: 'by the answer' })
    await answered()
    await expect(second.call('vault.lock', {})).rejects.toThrow(/could not be written yet/)
  })
})
