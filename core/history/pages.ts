// How the history lies in the vault: in pages of a few entries, so that one more costs a small record and never all that
// was before. Owns the bounds: one busy connection pushes out its own past and nobody else's. Pure.
import type { HistoryEntry } from '../../contract/connection.ts'
import type { RecordChange, RecordValue } from '../records.ts'

/** Entries on a page that is full. */
export const pageLength = 40
/** A connection, and the vault itself, keep at least so many of their newest entries, and less than a page more. */
export const subjectLength = 500
/** All together; beyond it the oldest pages leave, whosever they are. */
export const wholeLength = 5_000

/** Whose entries a page holds; `null` for the vault's own. */
export type Subject = { id: string; name: string | null } | null

export interface Page {
  /** Of its record. */
  id: string
  subject: Subject
  /** Newest first. */
  entries: HistoryEntry[]
  /** Whether no entry is added to it any more: an earlier Grantdesk wrote it, or it came from a backup. */
  closed: boolean
}

export interface Added {
  subject: Subject
  entry: HistoryEntry
}

/** A page as it is read. An earlier Grantdesk kept all of a connection's entries in one record under its id. */
export function pageOf(id: string, { entries, subject, closed }: RecordValue<'history'>): Page {
  if (subject === undefined) return { id, subject: { id, name: null }, entries, closed: true }
  return { id, subject, entries, closed: closed ?? false }
}

export interface PagesChange {
  pages: Page[]
  /** What makes the vault hold it. */
  changes: RecordChange[]
}

/** The pages with more entries, the oldest of them first, and without what is beyond the bounds. */
export function withAdded(before: readonly Page[], added: readonly Added[]): PagesChange {
  const pages = [...before]
  for (const { subject, entry } of added) {
    const at = pages.findLastIndex((page) => !page.closed && isOf(page, subject) && page.entries.length < pageLength)
    const open = pages[at]
    if (open) pages[at] = { ...open, subject: named(subject, open), entries: [entry, ...open.entries] }
    else pages.push({ id: pageId(subject, entry), subject, entries: [entry], closed: false })
  }
  return bounded(before, pages)
}

/** The pages with entries from elsewhere that are not here yet. */
export function withMerged(before: readonly Page[], others: readonly Page[]): PagesChange {
  const known = new Set(before.flatMap(({ entries }) => entries.map(({ id }) => id)))
  const pages = others.flatMap(({ subject, entries }) => {
    const missing = entries.filter(({ id }) => !known.has(id))
    return chunks(missing).map((some) => ({ id: pageId(subject, some[0]), subject, entries: some, closed: true }))
  })
  return bounded(before, [...before, ...pages])
}

/** All entries with whose they are, newest first; of two at one moment, the later one. */
export function listed(pages: readonly Page[]): { subject: Subject; entry: HistoryEntry }[] {
  return [...pages]
    .reverse()
    .flatMap(({ subject, entries }) => entries.map((entry) => ({ subject, entry })))
    .sort((one, other) => other.entry.at - one.entry.at)
}

/** Each subject's newest entries, at most `most`: as much as somebody would read. */
export function shortened(pages: readonly Page[], most: number): Page[] {
  const left = new Map<string, number>()
  const newestFirst = [...pages].sort((one, other) => newest(other) - newest(one))
  return newestFirst.flatMap((page) => {
    const room = left.get(keyOf(page)) ?? most
    left.set(keyOf(page), Math.max(0, room - page.entries.length))
    return room === 0 ? [] : [{ ...page, entries: page.entries.slice(0, room) }]
  })
}

/** What a page is in the vault. */
export function recordOf({ entries, subject, closed }: Page): RecordValue<'history'> {
  return { entries, subject, closed }
}

function bounded(before: readonly Page[], wanted: Page[]): PagesChange {
  const pages = withoutOldest(wanted)
  const had = new Set(before)
  const kept = new Set(pages.map(({ id }) => id))
  const puts = pages.filter((page) => !had.has(page))
  const gone = before.filter(({ id }) => !kept.has(id))
  return {
    pages,
    changes: [
      ...puts.map((page): RecordChange => ({ put: 'history', id: page.id, value: recordOf(page) })),
      ...gone.map(({ id }): RecordChange => ({ remove: 'history', id })),
    ],
  }
}

/** Whole pages leave, the oldest first: of a subject that has too many, then of all together. */
function withoutOldest(pages: Page[]): Page[] {
  const leaving = new Set<Page>()
  for (const key of new Set(pages.map(keyOf))) {
    const own = pages.filter((page) => keyOf(page) === key)
    leave(own, subjectLength, leaving)
  }
  leave(
    pages.filter((page) => !leaving.has(page)),
    wholeLength,
    leaving,
  )
  return leaving.size === 0 ? pages : pages.filter((page) => !leaving.has(page))
}

/** Adds to `leaving` the oldest of `pages` without which at least `enough` entries are left. */
function leave(pages: Page[], enough: number, leaving: Set<Page>): void {
  let count = pages.reduce((sum, { entries }) => sum + entries.length, 0)
  if (count <= enough) return
  for (const page of [...pages].sort((one, other) => newest(one) - newest(other))) {
    count -= page.entries.length
    if (count < enough) return
    leaving.add(page)
  }
}

const keyOf = ({ subject }: Page) => subject?.id ?? ''
const newest = ({ entries }: Page) => entries[0]?.at ?? 0

function isOf(page: Page, subject: Subject): boolean {
  return keyOf(page) === (subject?.id ?? '')
}

/** A subject whose name is not known any more keeps the one it had. */
function named(subject: Subject, { subject: before }: Page): Subject {
  return subject && { ...subject, name: subject.name ?? before?.name ?? null }
}

function pageId(subject: Subject, entry: HistoryEntry | undefined): string {
  return `${subject?.id ?? 'vault'}.${entry?.id ?? ''}`
}

function chunks(entries: HistoryEntry[]): HistoryEntry[][] {
  const count = Math.ceil(entries.length / pageLength)
  return Array.from({ length: count }, (_, at) => entries.slice(at * pageLength, (at + 1) * pageLength))
}
