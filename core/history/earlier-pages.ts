// The history's old format, pages of entries, which earlier versions kept in the vault's document and backups still use. Pure.
import type { RecordValue } from '../records.ts'
import type { SubjectEntry } from './history-log.ts'

type Pages = Record<string, RecordValue<'history'>>

/** All entries of the pages; entries with the same time stay in order. */
export function entriesOfPages(pages: Pages): SubjectEntry[] {
  return Object.entries(pages).flatMap(([id, { subject, entries }]) => {
    // The first versions kept all of a connection's entries in one record under its id.
    const whose = subject === undefined ? { id, name: null } : subject
    return entries.toReversed().map((entry) => ({ subject: whose, entry }))
  })
}

/** One page for each subject, with at most `most` of its newest entries. */
export function pagesOf(newestFirst: readonly SubjectEntry[], most: number): Pages {
  const bySubject = Map.groupBy(newestFirst, ({ subject }) => subject?.id ?? null)
  return Object.fromEntries(
    [...bySubject].map(([id, all]) => {
      const entries = all.slice(0, most).map(({ entry }) => entry)
      const name = all.find(({ subject }) => subject?.name)?.subject?.name ?? null
      return [
        `${id ?? 'vault'}.${entries[0]?.id}`,
        { entries, subject: id === null ? null : { id, name }, closed: true },
      ]
    }),
  )
}
