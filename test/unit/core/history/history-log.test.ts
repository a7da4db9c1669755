import { describe, expect, test } from 'vitest'
import type { HistoryEntry } from '../../../../contract/connection.ts'
import { entriesOfPages, pagesOf } from '../../../../core/history/earlier-pages.ts'
import { createHistoryLog, type Subject, type SubjectEntry } from '../../../../core/history/history-log.ts'
import { memoryLogs, memorySealedLogs } from '../../../support/memory-logs.ts'

const entry = (at: number, id = `e${at}`): HistoryEntry => ({
  ...{ id, at, caller: 'window', operation: 'token', outcome: 'done' },
  ...{ detail: 'Access token handed out', flowId: null },
})
const one: Subject = { id: 'one', name: 'One' }
const many = (count: number, subject: Subject, from = 1): SubjectEntry[] =>
  Array.from({ length: count }, (_, at) => ({ subject, entry: entry(from + at, `${subject?.id}-${from + at}`) }))

function historyLog(bounds = { perConnection: 50, total: 1_000 }, folder = memoryLogs()) {
  const logs = memorySealedLogs(folder)
  const log = createHistoryLog(logs, () => bounds)
  /** As the host adds them: one after the other. */
  const grow = (entries: SubjectEntry[]) => {
    for (const each of entries) log.add([each])
  }
  return { log, logs, folder, grow, bounds }
}

const ids = (entries: SubjectEntry[]) => entries.map((each) => each.entry.id)

describe('the history on disk', () => {
  test('shows exactly as many of a connection’s newest entries as it says, whenever it is asked', () => {
    const { log } = historyLog()
    for (let count = 1; count <= 330; count++) {
      log.add(many(1, one, count))
      const shown = ids(log.entries('one'))
      if (shown.length !== Math.min(count, 50) || shown[0] !== `one-${count}`) {
        expect.fail(`after ${count} entries ${shown.length} are shown, the first is ${shown[0]}`)
      }
    }
  })

  test('does not grow without end, and is not written anew for each entry', () => {
    const { folder, grow } = historyLog()
    grow(many(150, one))
    const writes = folder.writes
    grow(many(600, one, 151))
    expect(folder.writes - writes).toBeLessThan(620)
    const [file] = [...folder.files.values()]
    expect(file?.toString().split('\n').length).toBeLessThan(160)
  })

  test('a busy connection pushes out nothing of another, nor of the vault', () => {
    const { log, grow } = historyLog({ perConnection: 500, total: 300 })
    const quiet = [...many(3, { id: 'two', name: 'Two' }), ...many(2, null)]
    grow(quiet)
    grow(many(1_000, one, 10))
    expect(
      ids(log.entries())
        .filter((id) => !id.startsWith('one'))
        .sort(),
    ).toEqual(ids(quiet).sort())
    expect(log.entries().length).toBeLessThanOrEqual(300 + 150)
  })

  test('of more subjects than entries may be kept, those of the newest entries stay', () => {
    const { log, grow } = historyLog({ perConnection: 60, total: 200 })
    for (let at = 0; at < 30; at++) grow(many(50, { id: `c${at}`, name: null }, at * 50))
    const kept = log.entries()
    expect(kept.length).toBeLessThanOrEqual(300)
    expect(new Set(kept.map(({ subject }) => subject?.id)).size).toBe(30)
    expect(kept[0]?.entry.id).toBe('c29-1499')
  })

  test('ids from elsewhere name no file elsewhere', () => {
    const { log, folder } = historyLog()
    log.add(many(1, { id: '../../vault.json', name: null }))
    expect([...folder.files.keys()]).toEqual([expect.stringMatching(/^test\/history\/[0-9a-f]{32}\.log$/)])
    expect(log.entries('../../vault.json')).toHaveLength(1)
  })

  test('a damaged line costs its entry alone', () => {
    const { log, folder, grow } = historyLog()
    grow([...many(3, one), ...many(1, null)])
    for (const [name, file] of folder.files) {
      folder.files.set(name, Buffer.from(file.toString().replace(/^(1 .{40})..../m, '$1AAAA')))
    }
    expect(ids(log.entries())).toEqual(['one-3', 'one-1', 'undefined-1'])
  })
})

describe('a history from elsewhere', () => {
  test('is read as an earlier version wrote it, with the operation under its name of then', () => {
    const { log, logs } = historyLog()
    const [first, second] = many(2, null)
    log.add([first as SubjectEntry])
    const earlier = JSON.stringify(second).replace('"operation":"token"', '"act":"ways"')
    logs.write('history/vault.log', [earlier])
    expect(log.entries(null).map(({ entry: { operation } }) => operation)).toEqual(['unlock_settings', 'token'])
  })

  test('adds what is missing in its place, and nothing twice', () => {
    const { log, folder, grow } = historyLog()
    grow(many(3, one).filter((_, at) => at !== 1))
    const theirs = entriesOfPages(pagesOf(many(5, one).reverse(), 100))
    log.merge(theirs)
    expect(ids(log.entries())).toEqual(['one-5', 'one-4', 'one-3', 'one-2', 'one-1'])
    const { writes } = folder
    log.merge(theirs)
    expect(folder.writes).toBe(writes)
  })

  test('of each subject the newest are handed on, under its last name', () => {
    const { log, grow } = historyLog({ perConnection: 500, total: 1_000 })
    grow([...many(120, one), ...many(1, { id: 'one', name: 'Renamed' }, 121), ...many(2, null)])
    const pages = pagesOf(log.entries(), 100)
    expect(Object.values(pages).map(({ subject, entries }) => [subject, entries.length])).toEqual([
      [{ id: 'one', name: 'Renamed' }, 100],
      [null, 2],
    ])
    expect(Object.values(pages)[0]?.entries[0]?.id).toBe('one-121')
  })
})
