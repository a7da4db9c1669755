// The history on disk: an encrypted log for each connection and one for the vault itself, so that a new entry is one line.
// Bounded so that a busy connection only drops its own old entries.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { HistoryEntry } from '../../contract/connection.ts'
import { storedEntrySchema } from '../earlier-versions/history-entry.ts'
import { fairShares } from '../sealed-log/fair-share.ts'
import type { SealedLogs } from '../sealed-log/sealed-logs.ts'

/** What entries are about; `null` for the vault itself. */
export type Subject = { id: string; name: string | null } | null

export interface SubjectEntry {
  subject: Subject
  entry: HistoryEntry
}

export interface HistoryBounds {
  /** How many entries are kept for each connection, and for the vault itself. */
  perConnection: number
  /** In total. */
  total: number
}

export interface HistoryLog {
  /** Adds entries of one subject; throws the system's error if they cannot be written. */
  add(entries: readonly SubjectEntry[]): void
  /** Returns when a subject's entries have been flushed to disk. */
  sync(subject: Subject): Promise<void>
  /** Entries of one subject or of all, newest first. */
  entries(subjectId?: string | null): SubjectEntry[]
  /** Adds entries that are missing, sorted by time. On disk when it returns. */
  merge(entries: readonly SubjectEntry[]): void
}

const folder = 'history'
/** A file may have this many entries too many, so that it is not rewritten for each new one. */
const slack = 100
/** A line is never shorter (bytes), so a small file cannot have too many entries. */
const shortestLine = 250
/** The total is checked each time a subject has gained this many entries. */
const countedEvery = 50

const lineSchema = z.object({
  subject: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  entry: storedEntrySchema,
})

export function createHistoryLog(logs: SealedLogs, bounds: () => HistoryBounds): HistoryLog {
  /** The oldest first. */
  function readFile(name: string): SubjectEntry[] {
    const known = new Set<string>()
    return (logs.read(name)?.lines ?? []).flatMap(({ text }) => {
      const line = parseLine(text)
      if (!line || known.has(line.entry.id)) return []
      known.add(line.entry.id)
      return [line]
    })
  }

  const kept = (oldestFirst: SubjectEntry[]) => oldestFirst.slice(-bounds().perConnection)
  /** In a fixed order; the vault's own file is last, so that of equal times its entries count as the earliest. */
  const allFiles = () =>
    logs
      .list(folder)
      .sort()
      .map((file) => `${folder}/${file}`)

  function rewrite(name: string, oldestFirst: readonly SubjectEntry[]): void {
    if (oldestFirst.length === 0) logs.remove(name)
    else logs.replace(name, oldestFirst.map(lineOf))
  }

  /** If there are too many in total, drops entries of the subjects that have most. */
  function boundTotal(): void {
    const { total } = bounds()
    const bytes = allFiles().reduce((sum, name) => sum + logs.sizeOf(name), 0)
    if (bytes / shortestLine <= total) return
    const files = allFiles().map((name) => ({ name, entries: readFile(name) }))
    if (files.reduce((sum, { entries }) => sum + entries.length, 0) <= total + slack) return
    const newest = ({ entries }: (typeof files)[number]) => entries.at(-1)?.entry.at ?? 0
    files.sort((one, other) => newest(one) - newest(other))
    const shares = fairShares(new Map(files.map((file) => [file, file.entries.length])), total)
    for (const [{ name, entries }, share] of shares) {
      if (share < entries.length) rewrite(name, share === 0 ? [] : entries.slice(-share))
    }
  }

  return {
    add(entries) {
      const [first] = entries
      if (!first) return
      const name = fileOf(first.subject)
      const { count, next } = logs.write(name, entries.map(lineOf))
      try {
        if (count > bounds().perConnection + slack) rewrite(name, kept(readFile(name)))
        if (Math.floor(next / countedEvery) > Math.floor((next - entries.length) / countedEvery)) boundTotal()
      } catch {
        // The new entries are written; dropping old ones is tried again later.
      }
    },
    sync: (subject) => logs.sync(fileOf(subject)),
    entries(subjectId) {
      const names = subjectId === undefined ? allFiles() : [fileOf(subjectId === null ? null : { id: subjectId })]
      return names.flatMap((name) => kept(readFile(name)).reverse()).sort((one, other) => other.entry.at - one.entry.at)
    },
    merge(entries) {
      for (const [name, theirs] of Map.groupBy(entries, ({ subject }) => fileOf(subject))) {
        const ours = readFile(name)
        const known = new Set(ours.map(({ entry }) => entry.id))
        const missing = theirs.filter(({ entry }) => !known.has(entry.id))
        if (missing.length === 0) continue
        rewrite(name, kept([...missing, ...ours].sort((one, other) => one.entry.at - other.entry.at)))
      }
      boundTotal()
    },
  }
}

const lineOf = (entry: SubjectEntry) => JSON.stringify(entry)

/** `null` for what another Grantdesk wrote that this one does not understand. */
function parseLine(text: string): SubjectEntry | null {
  try {
    return lineSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** The file's name for an id, which is not trusted, because it may come from a backup. */
function fileOf(subject: { id: string } | null): string {
  if (subject === null) return `${folder}/vault.log`
  return `${folder}/${createHash('sha256').update(subject.id).digest('hex').slice(0, 32)}.log`
}
