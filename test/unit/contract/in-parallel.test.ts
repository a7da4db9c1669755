import { describe, expect, it } from 'vitest'
import { inParallel } from '../../../contract/in-parallel.ts'

/** Work that ends when it is told to. */
function heldWork() {
  const begun: number[] = []
  const ends = new Map<number, () => void>()
  const work = (item: number) => {
    begun.push(item)
    return new Promise<void>((resolve) => ends.set(item, resolve))
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  const end = (item: number) => {
    ends.get(item)?.()
    return settle()
  }
  return { begun, work, end }
}

describe('work in parallel', () => {
  it('is done a few at a time, in order, and all of it', async () => {
    const { begun, work, end } = heldWork()
    const whole = inParallel([1, 2, 3], 2, work)
    expect(begun).toEqual([1, 2])
    await end(2)
    expect(begun).toEqual([1, 2, 3])
    await end(1)
    await end(3)
    await whole
  })

  it('begins nothing more once it is stopped', async () => {
    const { begun, work, end } = heldWork()
    const stop = new AbortController()
    const whole = inParallel([1, 2], 1, work, stop.signal)
    stop.abort()
    await end(1)
    await whole
    expect(begun).toEqual([1])
  })

  it('throws the first error, and begins nothing more', async () => {
    const begun: number[] = []
    const whole = inParallel([1, 2, 3], 1, async (item) => {
      begun.push(item)
      throw new Error('broken')
    })
    await expect(whole).rejects.toThrow('broken')
    expect(begun).toEqual([1])
  })
})
