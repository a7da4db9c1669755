// Who did what, when: every explicit act on a secret, and all that changes what the vault holds, leaves an entry here.
// Sealed and bounded. An entry is on disk when its act is answered; of what is done and cannot be undone, it may come later.
import { randomUUID } from 'node:crypto'
import type { Act, Caller, HistoryEntry } from '../../contract/connection.ts'
import { type HistoryFilter, type ListedEntry, matchesHistory } from '../../contract/history.ts'
import { mutex } from '../mutex.ts'
import type { Clock } from '../ports.ts'
import type { RecordChange, Records, RecordValue } from '../records.ts'
import {
  type Added,
  listed,
  type Page,
  pageOf,
  recordOf,
  type Subject,
  shortened,
  withAdded,
  withMerged,
} from './pages.ts'

interface NewEntry {
  caller: Caller
  act: Act
  outcome?: HistoryEntry['outcome']
  detail: string
  flowId?: string
  /** Of a connection that is not there any more. */
  name?: string
}

export interface History {
  /** Adds to a connection's history, or with `null` to the vault's own; on disk when it returns. */
  add(connectionId: string | null, entry: NewEntry): Promise<void>
  /**
   * Adds what has been done, and stands whether or not it can be written: an entry that cannot goes in with the next one.
   * For all that hands out no secret.
   */
  note(connectionId: string | null, entry: NewEntry): Promise<void>
  /** The same for what failed: the failure it tells of must not be hidden by another. */
  addFailure(connectionId: string | null, entry: NewEntry): Promise<void>
  /** Newest first. Connections that were removed keep theirs. */
  entries(filter: HistoryFilter): Promise<ListedEntry[]>
  /** Its records for a backup, each subject's newest entries. */
  shortened(): Promise<Record<string, RecordValue<'history'>>>
  /** Takes in the records of a backup, as far as they are not here. */
  merge(records: Record<string, RecordValue<'history'>>): Promise<void>
  /** Drops what was read when the vault locks. */
  forget(): void
}

interface Dependencies {
  records: Records
  clock: Clock
  /** A connection's name now; `null` for one that is gone. */
  nameOf(connectionId: string): string | null
  onAdd(): void
}

/** More that could not be written are not held; the oldest go first. */
const mostLate = 500

/** Entries of each subject in a backup. */
const backedUp = 100

export function createHistory({ records, clock, nameOf, onAdd }: Dependencies): History {
  // One after the other: two entries at once must not overwrite each other.
  const turn = mutex()
  let held: Page[] | null = null
  /** Entries that came while an earlier write was under way: they go in one. */
  let batch: { added: Added[]; written: Promise<void> } | null = null
  /** Entries of what was done that could not be written yet. */
  let late: Added[] = []
  /** Counts calls of `forget`: what was read before one is not kept after it. */
  let epoch = 0

  async function pages(): Promise<Page[]> {
    if (held) return held
    const asked = epoch
    const read = (await records.list('history')).map(({ id, value }) => pageOf(id, value))
    if (asked === epoch) held = read
    return read
  }

  async function change(make: (before: Page[]) => { pages: Page[]; changes: RecordChange[] }): Promise<void> {
    const before = await pages()
    const made = make(before)
    if (made.changes.length === 0) return
    await records.write(made.changes)
    if (held === before) held = made.pages
    onAdd()
  }

  function newEntry(connectionId: string | null, { outcome = 'done', flowId, name, ...entry }: NewEntry): Added {
    const subject: Subject = connectionId === null ? null : { id: connectionId, name: name ?? nameOf(connectionId) }
    return { subject, entry: { id: randomUUID(), at: clock.now(), outcome, flowId: flowId ?? null, ...entry } }
  }

  function write(added: Added): Promise<void> {
    if (batch) {
      batch.added.push(added)
      return batch.written
    }
    const all = [added]
    const written = turn(async () => {
      batch = null
      const belated = late
      await change((before) => withAdded(before, [...belated, ...all]))
      late = late.filter((entry) => !belated.includes(entry))
    })
    batch = { added: all, written }
    return written
  }

  async function note(connectionId: string | null, entry: NewEntry): Promise<void> {
    const added = newEntry(connectionId, entry)
    await write(added).catch(() => {
      late = [...late, added].slice(-mostLate)
    })
  }

  return {
    add: (connectionId, entry) => write(newEntry(connectionId, entry)),
    note,
    addFailure: (connectionId, entry) => note(connectionId, { ...entry, outcome: 'failed' }),
    async entries(filter) {
      const all = listed(await turn(pages))
      const names = lastNames(all)
      return all
        .map(({ subject, entry }): ListedEntry => {
          const connectionId = subject?.id ?? null
          const name = connectionId === null ? null : (nameOf(connectionId) ?? names.get(connectionId) ?? null)
          return { ...entry, connectionId, connectionName: name }
        })
        .filter((entry) => matchesHistory(entry, filter))
    },
    async shortened() {
      const some = shortened(await turn(pages), backedUp)
      return Object.fromEntries(some.map((page) => [page.id, recordOf(page)]))
    },
    merge: (theirs) =>
      turn(() => {
        const others = Object.entries(theirs).map(([id, value]) => pageOf(id, value))
        return change((before) => withMerged(before, others))
      }),
    forget() {
      epoch += 1
      held = null
    },
  }
}

/** The last name of each connection, as its newest page has it. */
function lastNames(all: { subject: Subject }[]): Map<string, string> {
  const names = new Map<string, string>()
  for (const { subject } of all) {
    if (subject?.name && !names.has(subject.id)) names.set(subject.id, subject.name)
  }
  return names
}
