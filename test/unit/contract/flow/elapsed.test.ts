import { expect, it } from 'vitest'
import { elapsedText } from '../../../../contract/flow/elapsed.ts'

it('tells a duration in the unit that fits, and never sixty of one', () => {
  expect([3.4, 999, 1500, 9_960, 59_700, 65_000, 119_700].map(elapsedText)).toEqual([
    ...['3 ms', '999 ms', '1.5 s', '10 s', '1 min 0 s', '1 min 5 s', '2 min 0 s'],
  ])
})
