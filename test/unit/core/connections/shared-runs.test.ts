import { expect, it } from 'vitest'
import { createSharedRuns, type Joined } from '../../../../core/connections/shared-runs.ts'

/** A run that ends when told to, and remembers who joined it. */
function slowRun() {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let joined: Joined = new Map()
  let begun = 0
  return {
    begun: () => begun,
    joined: () => [...joined],
    end: resolve,
    fail: reject,
    run(callers: Joined) {
      begun += 1
      joined = callers
      return promise
    },
  }
}

it('starts one run for all who ask during it, and counts those who joined', async () => {
  const runs = createSharedRuns()
  const first = slowRun()
  const answers = [
    runs.join('a', 'window', first.run),
    runs.join('a', 'command', first.run),
    runs.join('a', 'command', first.run),
    runs.join('a', null, first.run),
  ]
  expect(first.begun()).toBe(1)
  expect(first.joined()).toEqual([['command', 2]])
  first.end()
  await Promise.all(answers)
})

it('gives everyone the same failure, and starts anew for the next', async () => {
  const runs = createSharedRuns()
  const first = slowRun()
  const answers = [runs.join('a', 'window', first.run), runs.join('a', 'command', first.run)]
  first.fail(new Error('refused'))
  for (const answer of answers) await expect(answer).rejects.toThrow('refused')
  const second = slowRun()
  second.end()
  await runs.join('a', 'window', second.run)
  expect(second.begun()).toBe(1)
})

it('keeps connections apart', async () => {
  const runs = createSharedRuns()
  const one = slowRun()
  const other = slowRun()
  const answers = [runs.join('a', 'window', one.run), runs.join('b', 'window', other.run)]
  expect([one.begun(), other.begun()]).toEqual([1, 1])
  one.end()
  other.end()
  await Promise.all(answers)
})

it('lets a run of its own take over: later callers join it, and the end of the earlier one does not end it', async () => {
  const runs = createSharedRuns()
  const earlier = slowRun()
  const own = slowRun()
  const first = runs.join('a', 'window', earlier.run)
  const second = runs.begin('a', own.run)
  earlier.end()
  await first
  const third = runs.join('a', 'tab', slowRun().run)
  expect(own.joined()).toEqual([['tab', 1]])
  own.end()
  await Promise.all([second, third])
})
