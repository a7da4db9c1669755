import { expect, it } from 'vitest'
import { clockTime, dayOf } from '../../../contract/moment.ts'

it('a moment is written as its day and time here, to the minute, in figures alone', () => {
  expect(clockTime(new Date(2027, 0, 31, 4, 5, 59).getTime())).toBe('2027-01-31 04:05')
  expect(dayOf(new Date(2027, 11, 1, 23, 59).getTime())).toBe('2027-12-01')
})
