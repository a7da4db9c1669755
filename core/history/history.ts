// Who did what, when: every explicit act on a secret, and all that changes what the vault holds, leaves an entry here.
// Sealed and bounded. No secret leaves before its entry is on disk; of what is done and cannot be undone, it may come later.
import { randomUUID } from 'node:crypto'
import type { Act, Caller, HistoryEntry } from '../../contract/connection.ts'
import { type HistoryFilter, type ListedEntry, matchesHistory } from '../../contract/history.ts'
import { keyedMutex } from '../mutex.ts'
import type { Clock } from '../ports.ts'
import type { NamedRecords, RecordValue } from '../records.ts'
import type { SealedLogs } from '../sealed-log/sealed-logs.ts'
import { unwritten } from '../vault/vault-problems.ts'
import { entriesOfPages, pagesOf } from './earlier-pages.ts'
import { createHistoryLog, type HistoryBounds, type Subject, type SubjectEntry } from './history-log.ts'

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
  /** Carries over what an earlier version kept in the vault's document. */
  carryOver(): Promise<void>
  /** Writes what could not be written before, as far as it can. */
  flush(): void
}

interface Dependencies {
  /** Where earlier versions kept it. */
  records: NamedRecords
  logs: SealedLogs
  bounds(): HistoryBounds
  clock: Clock
  /** A connection's name now; `null` for one that is gone. */
  nameOf(connectionId: string): string | null
  onAdd(): void
}

/** More that could not be written are not held; the oldest go first. */
const mostLate = 500
/** Between two attempts to write what could not be written (ms). */
const retryDelay = 5_000

/** Entries of each subject in a backup. */
const backedUp = 100

/** Entries that came while an earlier write was waited for: they go in one. */
interface Batch {
  added: SubjectEntry[]
  /** Whether somebody waits until the disk has them. */
  synced: boolean
  written: Promise<void>
}

export function createHistory({ records, logs, bounds, clock, nameOf, onAdd }: Dependencies): History {
  const log = createHistoryLog(logs, bounds)
  const turn = keyedMutex()
  const batches = new Map<string, Batch>()
  /** Entries of what was done that could not be written yet. */
  let late: SubjectEntry[] = []
  let timer: NodeJS.Timeout | null = null

  function newEntry(connectionId: string | null, { outcome = 'done', flowId, name, ...entry }: NewEntry): SubjectEntry {
    const subject: Subject = connectionId === null ? null : { id: connectionId, name: name ?? nameOf(connectionId) }
    return { subject, entry: { id: randomUUID(), at: clock.now(), outcome, flowId: flowId ?? null, ...entry } }
  }

  /** Those that are late go first: they happened before. */
  function addNow(key: string, added: readonly SubjectEntry[]): void {
    const belated = late.filter((entry) => keyOf(entry) === key)
    log.add([...belated, ...added])
    late = late.filter((entry) => !belated.includes(entry))
    onAdd()
  }

  function write(added: SubjectEntry, synced: boolean): Promise<void> {
    const key = keyOf(added)
    const open = batches.get(key)
    if (open) {
      open.added.push(added)
      open.synced ||= synced
      return open.written
    }
    const batch: Batch = { added: [added], synced, written: Promise.resolve() }
    batches.set(key, batch)
    batch.written = turn(key, async () => {
      batches.delete(key)
      try {
        addNow(key, batch.added)
        if (batch.synced) await log.sync(added.subject)
      } catch (error) {
        throw unwritten(error)
      }
      flush()
    })
    return batch.written
  }

  function flush(): void {
    if (timer) clearTimeout(timer)
    timer = null
    try {
      for (const key of new Set(late.map(keyOf))) addNow(key, [])
    } catch {
      timer = setTimeout(flush, retryDelay).unref()
    }
  }

  async function note(connectionId: string | null, entry: NewEntry): Promise<void> {
    const added = newEntry(connectionId, entry)
    await write(added, false).catch(() => {
      late = [...late, added].slice(-mostLate)
      timer ??= setTimeout(flush, retryDelay).unref()
    })
  }

  return {
    add: (connectionId, entry) => write(newEntry(connectionId, entry), true),
    note,
    addFailure: (connectionId, entry) => note(connectionId, { ...entry, outcome: 'failed' }),
    async entries(filter) {
      const all = log.entries(filter.connectionId)
      const names = lastNames(all)
      return all
        .map(({ subject, entry }): ListedEntry => {
          const connectionId = subject?.id ?? null
          const name = connectionId === null ? null : (nameOf(connectionId) ?? names.get(connectionId) ?? null)
          return { ...entry, connectionId, connectionName: name }
        })
        .filter((entry) => matchesHistory(entry, filter))
    },
    shortened: async () => pagesOf(log.entries(), backedUp),
    async merge(theirs) {
      const entries = entriesOfPages(theirs)
      if (entries.length === 0) return
      try {
        log.merge(entries)
      } catch (error) {
        throw unwritten(error)
      }
      onAdd()
    },
    async carryOver() {
      const ids = await records.ids('history')
      if (ids.length === 0) return
      const pages = await records.list('history')
      log.merge(entriesOfPages(Object.fromEntries(pages.map(({ id, value }) => [id, value]))))
      // A page that is damaged stays where it is.
      await records.write(pages.map(({ id }) => ({ remove: 'history', id })))
    },
    flush,
  }
}

const keyOf = ({ subject }: SubjectEntry) => subject?.id ?? ''

/** The last name of each connection, as its newest entry that has one knows it. */
function lastNames(newestFirst: readonly SubjectEntry[]): Map<string, string> {
  const names = new Map<string, string>()
  for (const { subject } of newestFirst) {
    if (subject?.name && !names.has(subject.id)) names.set(subject.id, subject.name)
  }
  return names
}
