import { expect, test } from 'vitest'
import { problem } from '../../../../core/problem.ts'
import { createPassphraseTurn } from '../../../../core/vault/passphrase-delay.ts'

const wrong = async () => {
  throw problem('wrong_passphrase', 'That is not it.')
}
const right = async (proven: () => void) => proven()

test('what has passed since the last wrong passphrase counts towards the wait, and a clock put back adds nothing', async () => {
  const time = { now: 1_000_000 }
  const waited: number[] = []
  const turn = createPassphraseTurn({ now: () => time.now }, async (ms) => waited.push(ms))
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
  const turn = createPassphraseTurn({ now: () => 0 }, async (ms) => waited.push(ms))
  await expect(turn.attempt(() => Promise.reject(new Error('disk')))).rejects.toThrow('disk')
  await turn.attempt(async () => undefined)
  expect(waited).toEqual([0, 0])
})

test('only a passphrase that has proven right starts the count anew', async () => {
  const waited: number[] = []
  const turn = createPassphraseTurn({ now: () => 0 }, async (ms) => waited.push(ms))
  await expect(turn.attempt(wrong)).rejects.toThrow()
  await turn.attempt(async () => 'given up before it was tried')
  await expect(turn.attempt(wrong)).rejects.toThrow()
  await turn.attempt(right)
  await turn.attempt(right)
  expect(waited).toEqual([0, 500, 500, 1000, 0])
})

test('many at once are tried one after another, each after its own wait', async () => {
  const waited: number[] = []
  const turn = createPassphraseTurn({ now: () => 0 }, async (ms) => waited.push(ms))
  await Promise.allSettled([wrong, wrong, wrong, wrong].map((work) => turn.attempt(work)))
  expect(waited).toEqual([0, 500, 1000, 2000])
})
