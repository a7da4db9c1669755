import { describe, expect, it } from 'vitest'
import { sortRows } from '../../../../renderer/kit/sort-rows.ts'
import { findEntries, type PaletteEntry } from '../../../../renderer/shell/palette-entries.ts'
import { withToast } from '../../../../renderer/state/toasts.ts'

function entry(label: string, aside = ''): PaletteEntry {
  return { id: label, group: 'Do', label, aside, run: () => undefined }
}
const labels = (entries: PaletteEntry[]) => entries.map(({ label }) => label)

describe('the command palette', () => {
  const entries = [entry('Theme: Light'), entry('Ada · Globex', 'Plane · active'), entry('Settings'), entry('Flows')]

  it('offers everything in its own order before anything is typed', () => {
    expect(labels(findEntries(entries, ' '))).toEqual(labels(entries))
  })

  it('puts what begins with the text before what only holds it', () => {
    expect(labels(findEntries([entry('Inventory'), entry('Go to tab')], 'go'))).toEqual(['Go to tab'])
    expect(labels(findEntries([entry('Unlock'), entry('Lock vault')], 'lock'))).toEqual(['Lock vault', 'Unlock'])
  })

  it('needs every word and looks beside the label too', () => {
    expect(labels(findEntries(entries, 'glob active'))).toEqual(['Ada · Globex'])
    expect(findEntries(entries, 'glob expired')).toEqual([])
  })
})

describe('a sorted table', () => {
  it('keeps rows without a value last both ways', () => {
    expect(sortRows([null, 2, 10, 1], (row) => row, false)).toEqual([1, 2, 10, null])
    expect(sortRows([null, 2, 10, 1], (row) => row, true)).toEqual([10, 2, 1, null])
  })

  it('orders text as people do', () => {
    expect(sortRows(['b10', 'B9', 'a'], (row) => row, false)).toEqual(['a', 'B9', 'b10'])
  })
})

describe('toasts', () => {
  it('make room for the newest by dropping the oldest', () => {
    const all = Array.from({ length: 10 }, (_, at) => String(at)).reduce(
      (toasts, id) => withToast(toasts, { id, message: id }),
      [] as Parameters<typeof withToast>[0],
    )
    expect(all.map(({ id }) => id)).toEqual(['2', '3', '4', '5', '6', '7', '8', '9'])
  })
})
