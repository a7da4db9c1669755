// How a measure of the bench is judged.
import { expect, it } from 'vitest'
import { inTurns, judged, median, type Row, verdictOf } from '../../bench/measure.ts'

const row = (change: Partial<Row>): Row => ({ label: 'one', unit: 'ms', ours: [1], bound: { most: 1 }, ...change })

it('ours and the reference are taken in turns, and the warm-up does not count', async () => {
  const order: string[] = []
  const take = (who: string) => () => order.push(who)
  const samples = await inTurns(2, take('ours'), take('reference'))
  expect(order).toEqual(['ours', 'reference', 'ours', 'reference', 'ours', 'reference'])
  expect(samples).toEqual({ ours: [3, 5], reference: [4, 6] })
})

it('a ratio is the median of the pairs’ ratios, so that a machine that slows down changes it little', () => {
  const reference = { label: 'bare', samples: [1, 10, 100] }
  expect(judged(row({ ours: [2, 20, 200], reference, bound: { ratio: 2 } }))).toBe(2)
})

it('a ratio without as many samples of the reference is no measure', () => {
  expect(() => judged(row({ bound: { ratio: 1 } }))).toThrow('reference')
})

it('a bound that is met holds, one that is passed is missed', () => {
  expect(verdictOf(row({ ours: [3], bound: { most: 3 } }))).toBe('held')
  expect(verdictOf(row({ ours: [4], bound: { most: 3 } }))).toBe('missed')
  expect(verdictOf(row({ ours: [2, 2, 3], bound: { each: 2 } }))).toBe('missed')
  expect(verdictOf(row({ ours: [54], bound: { least: 55 } }))).toBe('missed')
  expect(verdictOf(row({ ours: [2], bound: { exactly: 1 } }))).toBe('missed')
})

it('a limit that was found is said as such, up to that limit', () => {
  expect(verdictOf(row({ ours: [4], bound: { most: 3 }, accepted: 5 }))).toBe('accepted')
  expect(verdictOf(row({ ours: [6], bound: { most: 3 }, accepted: 5 }))).toBe('missed')
})

it('what was not measured never holds', () => {
  expect(median([])).toBeNaN()
  expect(verdictOf(row({ ours: [] }))).toBe('missed')
})
