// Promise 4 where the vault is opened, shut and opened again while tokens are on their way.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from '../support/desk.ts'
import { memoryPorts } from '../support/memory-ports.ts'
import { slowNetwork } from '../support/slow-network.ts'

let desk: Desk

beforeEach(async () => {
  desk = await openDesk()
})

afterEach(() => desk.close())

/** The same vault in another host, whose token endpoint answers when it is let to. */
async function withSlowTokens() {
  const { id } = await desk.connected('planio')
  const network = slowNetwork('/oauth/token')
  const { disk, keychain, practice } = desk.ports
  const second = await openDesk(memoryPorts({ keychain, practice, fetch: network.fetch }, disk))
  const standing = async () =>
    (await second.call('app.snapshot', {})).connections.find((connection) => connection.id === id)?.standing
  return { id, network, second, standing }
}

describe('the vault is opened while it is open', () => {
  it('a refresh that is under way is not said to have been cut off', async () => {
    const { id, network, second, standing } = await withSlowTokens()
    const refreshing = second.call('connections.refresh', { id })
    await network.reached()
    await second.call('vault.retry', {})
    expect(await standing()).toEqual({ kind: 'good' })
    network.letGo()
    await refreshing
    expect(await second.call('connections.refresh', { id })).toMatchObject({ standing: { kind: 'good' } })
  })

  it('the tokens of a refresh are kept, however often it is opened meanwhile', async () => {
    const { id, network, second, standing } = await withSlowTokens()
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
    expect(await standing()).toEqual({ kind: 'good' })
    expect(await second.call('connections.refresh', { id })).toMatchObject({ standing: { kind: 'good' } })
  })
})
