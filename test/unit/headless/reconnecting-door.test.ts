import { expect, it } from 'vitest'
import { type HostConnection, reconnectingDoor } from '../../../headless/reconnecting-door.ts'

type Said = 'left' | 'done'

/** Hosts in the order in which they are reached, each with what it says to one call after the other. */
function hosts(...says: Said[][]) {
  const log: string[] = []
  let reached = 0
  async function reach(): Promise<HostConnection> {
    const number = reached++
    const left = [...(says[number] ?? [])]
    return {
      async ask(name) {
        log.push(`${number} ${name}`)
        return left.shift() === 'left' ? null : ({ ok: true, value: {} } as never)
      },
      listen: () => () => undefined,
      ended: new Promise(() => undefined),
      admitOthers: async () => void log.push(`${number} admits`),
      close: async () => void log.push(`${number} closes`),
    }
  }
  return { log, reach }
}

it('asks the next host what one has not begun, after doing there what has to be done first', async () => {
  const { log, reach } = hosts(['done', 'done', 'left'], ['done', 'done'])
  const { door, close } = await reconnectingDoor(reach, async (entered) => void (await entered.call('vault.retry', {})))
  await door.call('vault.addKeychain', {})
  await door.call('vault.lock', {})
  await close()
  expect(log).toEqual([
    ...['0 vault.retry', '0 admits', '0 vault.addKeychain', '0 vault.lock'],
    ...['1 vault.retry', '1 admits', '1 vault.lock', '1 closes'],
  ])
})

it('enters the next one where the first leaves while it is entered', async () => {
  const { log, reach } = hosts(['left'], ['done'])
  await reconnectingDoor(reach, async (entered) => void (await entered.call('vault.retry', {})))
  expect(log).toEqual(['0 vault.retry', '0 closes', '1 vault.retry', '1 admits'])
})

it('moves once for all that were asked at once', async () => {
  const { log, reach } = hosts(['left', 'left', 'left'], [])
  const { door } = await reconnectingDoor(reach, async () => undefined)
  await Promise.all(['a', 'b', 'c'].map(() => door.call('vault.lock', {})))
  expect(log.filter((line) => line.endsWith('admits'))).toEqual(['0 admits', '1 admits'])
  expect(log.filter((line) => line.startsWith('1 vault'))).toHaveLength(3)
})

it('lets go of a host that could not be entered', async () => {
  const { log, reach } = hosts([])
  const refused = reconnectingDoor(reach, () => Promise.reject(new Error('locked')))
  await expect(refused).rejects.toThrow('locked')
  expect(log).toEqual(['0 closes'])
})
