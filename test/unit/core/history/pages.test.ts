import { describe, expect, test } from 'vitest'
import type { HistoryEntry } from '../../../../contract/connection.ts'
import {
  type Added,
  listed,
  type Page,
  pageLength,
  pageOf,
  type Subject,
  shortened,
  subjectLength,
  wholeLength,
  withAdded,
  withMerged,
} from '../../../../core/history/pages.ts'

const entry = (at: number, id = `e${at}`): HistoryEntry => ({
  ...{ id, at, caller: 'window', act: 'token', outcome: 'done' },
  ...{ detail: 'Access token handed out', flowId: null },
})
const one: Subject = { id: 'one', name: 'One' }
const many = (count: number, subject: Subject, from = 1): Added[] =>
  Array.from({ length: count }, (_, at) => ({ subject, entry: entry(from + at, `${subject?.id}-${from + at}`) }))

/** As the host adds them: one after the other. */
function grown(added: Added[], before: Page[] = []): Page[] {
  return added.reduce((pages, each) => withAdded(pages, [each]).pages, before)
}

const ids = (pages: Page[]) => listed(pages).map((each) => each.entry.id)

describe('adding to the history', () => {
  test('writes one page of a few entries, however long the history is', () => {
    const before = grown(many(470, one))
    const { changes } = withAdded(before, many(1, one, 471))
    expect(changes).toHaveLength(1)
    const [change] = changes
    if (!change || !('put' in change) || change.put !== 'history') throw new Error('no page was written')
    expect(change.value.entries.length).toBeLessThanOrEqual(pageLength)
  })

  test('a connection keeps its newest entries at the bound, and its oldest page leaves the vault', () => {
    const pages = grown(many(subjectLength + 3 * pageLength, one))
    const kept = ids(pages)
    expect(kept.length).toBeGreaterThanOrEqual(subjectLength)
    expect(kept.length).toBeLessThan(subjectLength + pageLength)
    expect(kept[0]).toBe(`one-${subjectLength + 3 * pageLength}`)
    const full = grown(many(subjectLength + pageLength - 1, one))
    const { changes } = withAdded(full, many(1, one, subjectLength + pageLength))
    expect(changes.filter((change) => 'remove' in change)).toEqual([{ remove: 'history', id: 'one.one-1' }])
  })

  test('a busy connection pushes out nothing of another, nor of the vault', () => {
    const quiet = grown([...many(3, { id: 'two', name: 'Two' }), ...many(2, null)])
    const pages = grown(many(2 * subjectLength, one, 10), quiet)
    expect(pages.filter(({ subject }) => subject?.id !== 'one')).toEqual(quiet)
  })

  test('all together stay under the bound of the whole, the oldest leaving first', () => {
    const subjects = Array.from({ length: 15 }, (_, at): Subject => ({ id: `c${at}`, name: null }))
    const pages = subjects.reduce<Page[]>((all, subject, at) => grown(many(400, subject, 1 + at * 400), all), [])
    const kept = ids(pages)
    expect(kept.length).toBeLessThan(wholeLength + pageLength)
    expect(kept.length).toBeGreaterThanOrEqual(wholeLength)
    expect(kept).toContain('c14-6000')
    expect(kept).not.toContain('c0-1')
  })

  test('what an earlier Grantdesk kept under the connection’s id is read on and not written anew', () => {
    const old = pageOf('one', { entries: [entry(2), entry(1)] })
    const { pages, changes } = withAdded([old], many(1, one, 3))
    expect(ids(pages)).toEqual(['one-3', 'e2', 'e1'])
    expect(changes.map((change) => change.id)).toEqual(['one.one-3'])
  })
})

describe('taking in a history from elsewhere', () => {
  test('adds what is missing and nothing twice', () => {
    const here = grown(many(3, one))
    const theirs = grown(many(5, one))
    const { pages } = withMerged(here, theirs)
    expect(ids(pages)).toEqual(['one-5', 'one-4', 'one-3', 'one-2', 'one-1'])
    expect(withMerged(pages, theirs).changes).toEqual([])
  })

  test('of each subject the newest are handed on', () => {
    const pages = grown([...many(120, one), ...many(2, null)])
    const some = shortened(pages, 100)
    expect(ids(some)).toHaveLength(102)
    expect(ids(some)).toContain('one-120')
    expect(ids(some)).not.toContain('one-20')
  })
})
