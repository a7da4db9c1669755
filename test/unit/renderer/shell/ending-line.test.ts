// Which ends stand above everything, and in which words.
import { expect, it } from 'vitest'
import { endings, endingWords } from '../../../../renderer/shell/ending-line.tsx'
import { sampleConnection } from '../../headless/sample-connection.ts'

const day = 86_400_000
const token = (id: string, days: number) =>
  sampleConnection({ id, name: id, refreshable: false, obtainedAt: 0, expiresAt: days * day })

it('are those that end soon and were not put away, the nearest first', () => {
  const put = { ...token('put away', 5), reminded: { end: 5 * day, dismissed: true, at: 4 * day } }
  const told = { ...token('told', 4), reminded: { end: 4 * day, dismissed: false, at: 0 } }
  const renewed = { ...token('another end', 5), reminded: { end: 3 * day, dismissed: true, at: 4 * day } }
  const found = endings([token('later', 100), renewed, put, told], 4 * day + 1)
  expect(found.map(({ connection }) => connection.id)).toEqual(['told', 'another end'])
})

it('name the nearest, and count the others', () => {
  const ending = { connection: token('one', 5), end: 5 * day }
  expect(endingWords(ending, 0, 4 * day)).toMatch(/^“one” ends on .*, and nothing renews it\.$/)
  expect(endingWords(ending, 2, 6 * day)).toMatch(/^“one” ended on .*So it is with 2 others\.$/)
})

it('say how long is left where the day says too little', () => {
  const ending = { connection: token('one', 5), end: 5 * day }
  expect(endingWords(ending, 0, 5 * day - 58_000)).toMatch(/^“one” ends in 58 s, and/)
  expect(endingWords(ending, 0, 5 * day + 3 * 3_600_000)).toMatch(/^“one” ended 3 h ago, and/)
})

it('come back near the end, though they were put away long before', () => {
  const put = { ...token('one', 100), reminded: { end: 100 * day, dismissed: true, at: 85 * day } }
  expect(endings([put], 98 * day)).toEqual([])
  expect(endings([put], 99.5 * day)).toHaveLength(1)
})
