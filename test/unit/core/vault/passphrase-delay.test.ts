import { expect, test } from 'vitest'
import { problem } from '../../../../core/problem.ts'
import { createPassphraseThrottle } from '../../../../core/vault/passphrase-delay.ts'

const wrong = async () => {
  throw problem('wrong_passphrase', 'That is not it.')
}
const right = async (proven: () => void) => proven()

test('what has passed since the last wrong passphrase counts towards the wait, and a clock put back adds nothing', async () => {
  const time = { now: 1_000_000 }
  const waited: number[] = []
  const turn = createPassphraseThrottle({ now: () => time.now }, async (ms) => waited.push(ms))
  await expect(turn.attempt(wrong)).rejects.toMatchObject({ failure: { waits: 500 } })
  await expect(turn.attempt(wrong)).rejects.toMatchObject({ failure: { waits: 1000 } })
  time.now += 700
  await expect(turn.attempt(wrong)).rejects.toMatchObject({ failure: { waits: 2000 } })
  time.now -= 900_000
  await turn.attempt(right)
  await turn.attempt(right)
  expect(waited).toEqual([0, 500, 300, 2000, 0])
})

test('another failure is no wrong passphrase', async () => {
  const waited: number[] = []
  const turn = createPassphraseThrottle({ now: () => 0 }, async (ms) => waited.push(ms))
  await expect(turn.attempt(() => Promise.reject(new Error('disk')))).rejects.toThrow('disk')
  await turn.attempt(async () => undefined)
  expect(waited).toEqual([0, 0])
})

test('only a passphrase that has proven right starts the count anew', async () => {
  const waited: number[] = []
  const turn = createPassphraseThrottle({ now: () => 0 }, async (ms) => waited.push(ms))
  await expect(turn.attempt(wrong)).rejects.toThrow()
  await turn.attempt(async () => 'given up before it was tried')
  await expect(turn.attempt(wrong)).rejects.toThrow()
  await turn.attempt(right)
  await turn.attempt(right)
  expect(waited).toEqual([0, 500, 500, 1000, 0])
})

test('many at once are tried one after another, each after its own wait', async () => {
  const waited: number[] = []
  const turn = createPassphraseThrottle({ now: () => 0 }, async (ms) => waited.push(ms))
  await Promise.allSettled([wrong, wrong, wrong, wrong].map((work) => turn.attempt(work)))
  expect(waited).toEqual([0, 500, 1000, 2000])
})

test('of many wrong ones at once a few are tried; the others are told the wait at once, and the right one gets through', async () => {
  const waited: number[] = []
  let letPass = () => {}
  const passes = new Promise<void>((resolve) => {
    letPass = resolve
  })
  const turn = createPassphraseThrottle({ now: () => 0 }, async (ms) => {
    waited.push(ms)
    if (ms > 0) await passes
  })
  const flood = Array.from({ length: 300 }, () => turn.attempt(wrong))
  const refused = { failure: { kind: 'conflict', remedy: 'Try again in 8 seconds.' } }
  await expect(flood.at(-1)).rejects.toMatchObject(refused)
  await expect(turn.attempt(right)).rejects.toMatchObject(refused)
  letPass()
  await Promise.allSettled(flood)
  expect(waited).toEqual([0, 500, 1000, 2000, 4000])
  await turn.attempt(right)
  await turn.attempt(right)
  expect(waited.slice(5)).toEqual([5000, 0])
})

test('many right ones at once all get through', async () => {
  const turn = createPassphraseThrottle({ now: () => 0 }, async () => undefined)
  const all = await Promise.allSettled(Array.from({ length: 30 }, () => turn.attempt(right)))
  expect(all.filter(({ status }) => status === 'rejected')).toEqual([])
})
