// What the window and the command line both narrow the history by.
import { expect, it } from 'vitest'
import { type HistoryFilter, type ListedEntry, matchesHistory, subjectWords } from '../../../contract/history.ts'
import { parseSince, parseUntil } from '../../../headless/options.ts'

const entry: ListedEntry = {
  id: 'e',
  at: Date.UTC(2027, 0, 31, 18),
  caller: 'command',
  operation: 'token',
  outcome: 'failed',
  detail: 'The disk is full',
  flowId: null,
  connectionId: 'c',
  connectionName: 'Work',
}

it.each<[string, HistoryFilter, boolean]>([
  ['where it was done', { caller: 'command' }, true],
  ['another place', { caller: 'window' }, false],
  ['its outcome', { outcome: 'failed' }, true],
  ['another outcome', { outcome: 'done' }, false],
  ['a time that begins with its day', { since: parseSince('2027-01-31') }, true],
  ['a time that ends with its day', { until: parseUntil('2027-01-31') }, true],
  ['a time that ended before', { until: parseUntil('2027-01-30') }, false],
  ['a moment before it', { until: parseUntil('2027-01-31T17:59Z') }, false],
])('an entry is found by %s or not', (_, filter, found) => {
  expect(matchesHistory(entry, filter)).toBe(found)
})

it('a first attempt to connect that failed is about no connection, and not about the vault', () => {
  const ofNone = { ...entry, connectionId: null, connectionName: null }
  expect(subjectWords({ ...ofNone, operation: 'connect' })).toBe('–')
  expect(subjectWords({ ...ofNone, operation: 'backup' })).toBe('the vault')
})
