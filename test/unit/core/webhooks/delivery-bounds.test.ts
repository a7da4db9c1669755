import { expect, it } from 'vitest'
import { beyondDeliveryBounds } from '../../../../core/webhooks/delivery-bounds.ts'

const fits = (id: string, bytes = 1) => ({ id, verdict: 'fits' as const, bytes })
const wrong = (id: string, bytes = 1) => ({ id, verdict: 'wrong' as const, bytes })
const ids = (gone: { id: string }[]) => gone.map(({ id }) => id)
const wide = { count: 100, bytes: 100 }

it('nothing goes while everything fits', () => {
  expect(beyondDeliveryBounds([fits('a'), wrong('b')], wide, wide)).toEqual([])
})

it('the oldest goes first, by number and by size', () => {
  const three = [fits('a', 5), fits('b', 5), fits('c', 5)]
  expect(ids(beyondDeliveryBounds(three, { count: 2, bytes: 100 }, wide))).toEqual(['a'])
  expect(ids(beyondDeliveryBounds(three, { count: 9, bytes: 7 }, wide))).toEqual(['a', 'b'])
})

it('a flood of unproven deliveries pushes out its own and never one whose signature fits', () => {
  const flood = Array.from({ length: 500 }, (_, at) => wrong(`w${at}`))
  const gone = beyondDeliveryBounds([fits('real'), ...flood], { count: 10, bytes: 1000 }, { count: 5, bytes: 1000 })
  expect(gone).toHaveLength(495)
  expect(ids(gone)).not.toContain('real')
  expect(ids(gone)).not.toContain('w499')
})

it('where room is needed, unproven ones go before older ones that fit', () => {
  const list = [fits('a'), wrong('b'), fits('c')]
  expect(ids(beyondDeliveryBounds(list, { count: 2, bytes: 100 }, wide))).toEqual(['b'])
})
