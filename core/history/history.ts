// Who did what, when: everything that uses a secret or changes the vault's contents gets an entry. Encrypted and bounded. A
// secret is handed out only once its entry is on disk; entries for what has already been done may be written later.
import { randomUUID } from 'node:crypto'
import type { Caller, HistoryEntry, HistoryOperation } from '../../contract/connection.ts'
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
  operation: HistoryOperation
  outcome?: HistoryEntry['outcome']
  detail: string
  flowId?: string
  /** The connection's name, if it is gone. */
  name?: string
}

export interface History {
  /** Adds to a connection's history, or with `null` to the vault's own; on disk when it returns. */
  add(connectionId: string | null, entry: NewEntry): Promise<void>
  /**
   * Adds an entry for something that has been done: if it cannot be written now, it is written with the next one. For
   * operations that hand out no secret.
   */
  note(connectionId: string | null, entry: NewEntry): Promise<void>
  /** The same for a failure; never throws, so that it does not hide that failure. */
  addFailure(connectionId: string | null, entry: NewEntry): Promise<void>
  /** Newest first, including those of removed connections. */
  entries(filter: HistoryFilter): Promise<ListedEntry[]>
  /** Records for a backup, with each subject's newest entries. */
  shortened(): Promise<Record<string, RecordValue<'history'>>>
  /** Adds missing entries from a backup's records. */
  merge(records: Record<string, RecordValue<'history'>>): Promise<void>
  /** Migrates what an earlier version kept in the vault's document. */
  carryOver(): Promise<void>
  /** Tries to write entries that could not be written before. */
  flush(): void
}

interface Dependencies {
  /** Where earlier versions kept the history. */
  records: NamedRecords
  logs: SealedLogs
  bounds(): HistoryBounds
  clock: Clock
  /** A connection's current name; `null` if it is gone. */
  nameOf(connectionId: string): string | null
  onAdd(): void
}

/** How many unwritten entries are kept in memory; beyond that the oldest are dropped. */
const mostLate = 500
/** The time between two tries to write them (ms). */
const retryDelay = 5_000

/** Entries of each subject in a backup. */
const backedUp = 100

/** Entries that arrived during an earlier write, to be written together. */
interface Batch {
  added: SubjectEntry[]
  /** Whether a caller waits until they are flushed to disk. */
  synced: boolean
  written: Promise<void>
}

export function createHistory({ records, logs, bounds, clock, nameOf, onAdd }: Dependencies): History {
  const log = createHistoryLog(logs, bounds)
  const exclusively = keyedMutex()
  const batches = new Map<string, Batch>()
  /** Entries that could not be written yet. */
  let late: SubjectEntry[] = []
  let timer: NodeJS.Timeout | null = null

  function newEntry(connectionId: string | null, { outcome = 'done', flowId, name, ...entry }: NewEntry): SubjectEntry {
    const subject: Subject = connectionId === null ? null : { id: connectionId, name: name ?? nameOf(connectionId) }
    return { subject, entry: { id: randomUUID(), at: clock.now(), outcome, flowId: flowId ?? null, ...entry } }
  }

  /** Late entries go first, because they are older. */
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
    batch.written = exclusively(key, async () => {
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
      // Damaged pages stay where they are.
      await records.write(pages.map(({ id }) => ({ remove: 'history', id })))
    },
    flush,
  }
}

const keyOf = ({ subject }: SubjectEntry) => subject?.id ?? ''

/** Each connection's last name, from its newest entry that has one. */
function lastNames(newestFirst: readonly SubjectEntry[]): Map<string, string> {
  const names = new Map<string, string>()
  for (const { subject } of newestFirst) {
    if (subject?.name && !names.has(subject.id)) names.set(subject.id, subject.name)
  }
  return names
}
