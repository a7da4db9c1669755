import { expect, test } from 'vitest'
import { ivLength, randomIv } from '../../../core/random-iv.ts'

test('no two initialization vectors are the same, and an earlier one is not changed by a later one', () => {
  const all = Array.from({ length: 2_000 }, () => {
    const iv = randomIv()
    return { iv, text: iv.toString('hex') }
  })
  expect(new Set(all.map(({ text }) => text)).size).toBe(2_000)
  for (const { iv, text } of all) {
    expect(iv).toHaveLength(ivLength)
    expect(iv.toString('hex')).toBe(text)
  }
})
