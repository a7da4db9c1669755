import { expect, test } from 'vitest'
import { problem } from '../../../../core/problem.ts'
import { createPassphraseTurn } from '../../../../core/vault/passphrase-delay.ts'

const wrong = async () => {
  throw problem('wrong_passphrase', 'That is not it.')
}

test('what has passed since the last wrong passphrase counts towards the wait, and a clock put back adds nothing', async () => {
  const time = { now: 1_000_000 }
  const waited: number[] = []
  const turn = createPassphraseTurn({ now: () => time.now }, async (ms) => waited.push(ms))
  await expect(turn.attempt(wrong)).rejects.toMatchObject({ failure: { waits: 500 } })
  await expect(turn.attempt(wrong)).rejects.toMatchObject({ failure: { waits: 1000 } })
  time.now += 700
  await expect(turn.attempt(wrong)).rejects.toMatchObject({ failure: { waits: 2000 } })
  time.now -= 900_000
  await turn.attempt(async () => 'right')
  await turn.attempt(async () => 'right')
  expect(waited).toEqual([0, 500, 300, 2000, 0])
})

test('another failure is no wrong passphrase', async () => {
  const waited: number[] = []
  const turn = createPassphraseTurn({ now: () => 0 }, async (ms) => waited.push(ms))
  await expect(turn.attempt(() => Promise.reject(new Error('disk')))).rejects.toThrow('disk')
  await turn.attempt(async () => undefined)
  expect(waited).toEqual([0, 0])
})
