// What of an open vault is damaged, record by record: tells it, recovers it from the last good copy, and removes what cannot be
// recovered.
import { isRemovable } from '../../contract/damage.ts'
import type { Failure } from '../../contract/failure.ts'
import type { Clock } from '../ports.ts'
import type { RecordKind } from '../records.ts'
import type { UnusedRecord } from './damaged-records.ts'
import type { VaultDocument } from './document.ts'
import type { DocumentStore } from './document-store.ts'
import type { RecordIndex } from './record-index.ts'
import type { RecordWriter } from './record-writer.ts'
import type { Session } from './session.ts'
import type { StatusStore } from './status-store.ts'
import {
  brokenRecord,
  notDamaged,
  nothingToRecover,
  onlyRecovered,
  stillNeeded,
  unreadableRecords,
  unwritten,
} from './vault-problems.ts'

export interface RecordDamage {
  failure: Failure
  /** When it was found (ms). */
  since: number
}

export interface Damage {
  /** Why a record is not used; `null` where it is whole or was never stored, and while the vault is shut. */
  damageOf(kind: RecordKind, id: string): RecordDamage | null
  /** All records that are not used. */
  damaged(): (UnusedRecord & RecordDamage)[]
  /**
   * Removes a damaged record, and with a connection or client its secrets. Throws `conflict` where it is not damaged, and for
   * secrets of what is there still.
   */
  removeDamaged(kind: string, id: string): Promise<void>
  /** Notified when more or fewer records are damaged than before. */
  onDamage(listener: () => void): void
}

export interface Recovered {
  /** Where the damaged file is kept; `null` where there was none, and where nothing could be recovered. */
  keptAs: string | null
  /** The names of the records; both are empty where the file as a whole was damaged. */
  recovered: string[]
  unrecoverable: string[]
}

interface Parts {
  session: Session
  documents: DocumentStore
  status: StatusStore
  writer: RecordWriter
  clock: Clock
  needDocument(): VaultDocument
}

/** Records that are of no use without the one of this kind. */
const belonging: Record<string, string | undefined> = { connection: 'tokens', client: 'client_secret' }

export interface VaultDamage extends Damage {
  /** Takes damaged records from the last good copy; the file as it was is kept. Throws `conflict` where all are whole. */
  recoverRecords(): Promise<Recovered>
  /** Does `work`, then notifies the listeners if fewer records are damaged. */
  notifyAfter(index: RecordIndex, work: () => Promise<void>): Promise<void>
  /** A record turned out not to fit its schema. */
  foundUnreadable(): void
}

export function createDamage({ session, documents, status, writer, clock, needDocument }: Parts): VaultDamage {
  const listeners: (() => void)[] = []
  let since = 0
  status.subscribe(({ state }) => {
    if (state === 'open') since = clock.now()
  })

  const damaged = () =>
    (session.current()?.unused() ?? []).map((record) => ({ ...record, failure: failureOf(record), since }))

  async function notifyAfter(index: RecordIndex, work: () => Promise<void>): Promise<void> {
    const before = index.problems().size
    await work()
    if (index.problems().size < before) notify()
  }

  function notify(): void {
    for (const listener of listeners) listener()
  }

  return {
    damaged,
    damageOf: (kind, id) =>
      damaged().find((one) => one.kind === kind && one.id === id && one.problem !== 'unlisted') ?? null,
    notifyAfter,
    foundUnreadable() {
      documents.verified(false)
      notify()
    },
    onDamage: (listener) => void listeners.push(listener),
    async removeDamaged(kind, id) {
      const { index } = session.need()
      const name = `${kind}:${id}`
      if (!index.problems().has(name)) throw notDamaged(name)
      if (!isRemovable({ kind })) throw onlyRecovered(name)
      const owner = Object.keys(belonging).find((one) => belonging[one] === kind)
      const isThere = (one: string) => needDocument().records.has(one) || index.problems().has(one)
      if (owner !== undefined && isThere(`${owner}:${id}`)) throw stillNeeded(name, owner)
      const names = belonging[kind] === undefined ? [name] : [name, `${belonging[kind]}:${id}`]
      const changes = names.map((one) => ({ name: one, value: null }))
      await notifyAfter(index, () => writer.write(changes, index))
    },
    async recoverRecords() {
      const records = session.need()
      if (records.index.problems().size === 0) throw nothingToRecover('The vault is whole: every record in it opens.')
      const { changes, recovered, unrecoverable } = records.recovery()
      if (recovered.length + unrecoverable.length === 0) throw nothingToRecover(...unreadableRecords)
      if (recovered.length === 0) return { keptAs: null, recovered, unrecoverable }
      const keptAs = setAside()
      await notifyAfter(records.index, async () => {
        const undo = records.index.accept(needDocument().records)
        try {
          await writer.write(changes, records.index)
        } catch (error) {
          undo()
          throw error
        }
      })
      return { keptAs, recovered, unrecoverable }
    },
  }

  function setAside(): string | null {
    try {
      return documents.setAside()
    } catch (error) {
      throw unwritten(error)
    }
  }
}

function failureOf({ kind, id, problem, recoverable }: UnusedRecord): Failure {
  return brokenRecord(`${kind}:${id}`, problem, recoverable).failure
}
