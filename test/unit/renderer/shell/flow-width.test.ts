import { expect, it } from 'vitest'
import { heldWidth, widestFlow, widthAfterKey } from '../../../../renderer/shell/flow-width.ts'

it('leaves the list, the screen and the flow their room', () => {
  expect(widestFlow(1600)).toBe(1600 - 272 - 420)
  expect(heldWidth(5_000, 1600)).toBe(widestFlow(1600))
  expect(heldWidth(10, 1600)).toBe(360)
  expect(heldWidth(500.4, 1600)).toBe(500)
  expect(widestFlow(700)).toBe(360)
})

it.each([
  ['ArrowLeft', 532],
  ['ArrowRight', 468],
  ['Home', 360],
  ['End', 908],
  ['Tab', null],
])('%s on the handle leads from 500 pixels to %s', (key, width) => {
  expect(widthAfterKey(key, 500, 1600)).toBe(width)
})
