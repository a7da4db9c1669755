import { expect, it } from 'vitest'
import type { VaultStatus } from '../../../../contract/vault.ts'
import { mutex } from '../../../../core/mutex.ts'
import { createOpeningSteps } from '../../../../core/vault/opening-steps.ts'

const locked: VaultStatus = { state: 'locked', reason: 'locked_by_hand', why: 'Locked.', slots: [] }
const opened: VaultStatus = { state: 'open', openedWith: 'Test', slots: [] }

function vault() {
  let status = locked
  const writes = mutex()
  const steps = createOpeningSteps({ writes, isOpen: () => status === opened, status: () => status })
  const done: string[] = []
  const opening = (name: string) => async () => {
    done.push(name)
    status = opened
    return status
  }
  return { steps, writes, done, opening }
}

it('runs one step at a time, after the writes that were asked for before', async () => {
  const { steps, writes, done, opening } = vault()
  const writing = writes(async () => void done.push('write'))
  await Promise.all([writing, steps.run(opening('first')), steps.run(opening('second'))])
  expect(done).toEqual(['write', 'first'])
})

it('drops a step that was requested before an interruption, and runs one from after it', async () => {
  const { steps, done, opening } = vault()
  const before = steps.run(opening('before'))
  steps.interrupt()
  const after = steps.run(opening('after'))
  expect([await before, await after]).toEqual([locked, opened])
  expect(done).toEqual(['after'])
})

it('drops a step that was requested in time but began later', async () => {
  const { steps, done, opening } = vault()
  const asked = steps.now()
  steps.interrupt()
  expect(await steps.run(opening('late'), asked)).toEqual(locked)
  expect(done).toEqual([])
})

it('tells a running step that it was interrupted', async () => {
  const { steps } = vault()
  const begun = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  let wasDropped: boolean | null = null
  const running = steps.run(async (dropped) => {
    begun.resolve()
    await goOn.promise
    wasDropped = dropped()
    return locked
  })
  await begun.promise
  steps.interrupt()
  goOn.resolve()
  await running
  expect(wasDropped).toBe(true)
})

it('runs other work in turn, whatever was interrupted', async () => {
  const { steps } = vault()
  const recovering = steps.exclusively(async () => 'recovered')
  steps.interrupt()
  expect(await recovering).toBe('recovered')
})
