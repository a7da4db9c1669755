// When a server wants us back: in seconds or as a date, by its clock, and never longer than anybody means.
import { expect, it } from 'vitest'
import { inWords } from '../../../../contract/flow/trouble-words.ts'
import { retryAt } from '../../../../core/flows/outage.ts'

const now = Date.UTC(2026, 10, 22, 12)
const at = (headers: Record<string, string>) => retryAt(new Headers(headers), now)
const week = 7 * 86_400_000

it.each([
  ['seconds', { 'retry-after': '7' }, 7_000],
  ['no time at all', { 'retry-after': '0' }, 0],
  ['a date', { 'retry-after': 'Sun, 22 Nov 2026 12:00:30 GMT' }, 30_000],
  ['a date of the older kind', { 'retry-after': 'Sunday, 22-Nov-26 12:00:30 GMT' }, 30_000],
  [
    'a date by a clock that is a day behind ours',
    { 'retry-after': 'Sat, 21 Nov 2026 12:00:30 GMT', date: 'Sat, 21 Nov 2026 12:00:00 GMT' },
    30_000,
  ],
  ['a date that is past', { 'retry-after': 'Sun, 22 Nov 2026 11:00:00 GMT' }, 0],
  ['a century', { 'retry-after': '3155760000' }, week],
  ['a date in a century', { 'retry-after': 'Fri, 22 Nov 2126 12:00:00 GMT' }, week],
])('reads %s', (_name, headers, expected) => {
  expect(at(headers)).toBe(now + expected)
})

it.each(['', 'soon', '-5', '1.5', '2026-11-22', 'Sun, 99 Nov 2026 12:00:30 GMT', '1e9'])(
  'is not misled by “%s”',
  (text) => {
    expect(at({ 'retry-after': text })).toBeNull()
  },
)

it('says nothing where the server said nothing', () => expect(at({})).toBeNull())

it.each([
  [0, 'in 1 s'],
  [7_000, 'in 7 s'],
  [90_001, 'in 91 s'],
  [150_000, 'in 3 min'],
  [3 * 3_600_000, 'in 3 h'],
])('says %i ms as “%s”', (ms, words) => expect(inWords(ms)).toBe(words))
