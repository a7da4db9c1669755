import { expect, test } from 'vitest'
import { createCopyUpdates } from '../../../../core/vault/copy-updates.ts'

/** Updates whose timer is rung by hand. */
function updates(update: () => void = () => {}) {
  const timers = new Set<() => void>()
  let count = 0
  const copy = createCopyUpdates(
    () => {
      count += 1
      update()
    },
    (_, work) => {
      timers.add(work)
      return () => timers.delete(work)
    },
  )
  const ring = () => {
    for (const work of [...timers]) {
      timers.delete(work)
      work()
    }
  }
  return { copy, ring, count: () => count }
}

test('a burst of writes updates the copy once, after it', () => {
  const { copy, ring, count } = updates()
  for (let write = 0; write < 5; write += 1) copy.verified(true)
  expect(count()).toBe(0)
  ring()
  ring()
  expect(count()).toBe(1)
})

test('a copy that was updated at once is not updated again later', () => {
  const { copy, ring, count } = updates()
  copy.verified(true)
  copy.updateNow()
  ring()
  expect(count()).toBe(1)
})

test('a document with a damaged record updates no copy, neither later nor now', () => {
  const { copy, ring, count } = updates()
  copy.verified(true)
  copy.verified(false)
  ring()
  copy.updateNow()
  expect(count()).toBe(0)
  expect(copy.isVerified()).toBe(false)
})

test('a copy that cannot be written is no failure', () => {
  const { copy } = updates(() => {
    throw new Error('full')
  })
  copy.verified(true)
  expect(() => copy.updateNow()).not.toThrow()
})
