// Which ends stand above everything, and in which words.
import { expect, it } from 'vitest'
import { endings, endingWords } from '../../../../renderer/shell/ending-line.tsx'
import { sampleConnection } from '../../headless/sample-connection.ts'

const day = 86_400_000
const token = (id: string, days: number) =>
  sampleConnection({ id, name: id, refreshable: false, obtainedAt: 0, expiresAt: days * day })

it('are those that end soon and were not put away, the nearest first', () => {
  const put = { ...token('put away', 5), reminded: { end: 5 * day, dismissed: true } }
  const told = { ...token('told', 4), reminded: { end: 4 * day, dismissed: false } }
  const renewed = { ...token('another end', 5), reminded: { end: 3 * day, dismissed: true } }
  const found = endings([token('later', 100), renewed, put, told], 4 * day + 1)
  expect(found.map(({ connection }) => connection.id)).toEqual(['told', 'another end'])
})

it('name the nearest, and count the others', () => {
  const ending = { connection: token('one', 5), end: 5 * day }
  expect(endingWords(ending, 0, 4 * day)).toMatch(/^“one” ends on .*, and nothing renews it\.$/)
  expect(endingWords(ending, 2, 6 * day)).toMatch(/^“one” ended on .*So it is with 2 others\.$/)
})
