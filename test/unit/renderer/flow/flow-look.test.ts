import { expect, it } from 'vitest'
import { nextZoom } from '../../../../renderer/flow/flow-look.ts'

it('goes from any size to the next larger or smaller one, and stays at the last', () => {
  expect([nextZoom(1, 'in'), nextZoom(1, 'out'), nextZoom(0.93, 'in'), nextZoom(0.93, 'out')]).toEqual([
    1.25, 0.8, 1, 0.8,
  ])
  expect([nextZoom(3, 'in'), nextZoom(0.5, 'out')]).toEqual([3, 0.5])
})
