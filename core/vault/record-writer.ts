// Writes records with group commit: changes that wait at the same time are written in one save of the document. Each caller's
// promise settles when its changes are on disk, or with the reason why the whole save failed.
import type { mutex } from '../mutex.ts'
import type { VaultDocument } from './document.ts'
import type { DocumentStore } from './document-store.ts'
import { holdsSecret, type RecordIndex } from './record-index.ts'
import type { TableChange } from './string-table.ts'
import { unwritten } from './vault-problems.ts'

export interface RecordWriter {
  /** On disk when it returns. Throws `vault_broken`, `vault_busy` or `vault_locked`; then none of it is stored. */
  write(changes: TableChange[], index: RecordIndex): Promise<void>
}

interface Waiting {
  changes: TableChange[]
  index: RecordIndex
  written(): void
  failed(error: unknown): void
}

/** The event loop, and how the writer waits in it. */
export interface EventLoop {
  now(): number
  /** Returns after all callbacks that are due now. */
  turn(): Promise<void>
  pause(milliseconds: number): Promise<void>
}

const realEventLoop: EventLoop = {
  now: () => performance.now(),
  turn: () => new Promise((resolve) => setImmediate(resolve)),
  pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}

/** How long after a save for several callers the next one is expected to be for several as well (ms). */
const burstTime = 200

/** `writes` is the mutex of all writes to the vault; `needDocument` throws `vault_locked` if there is no document. */
export function createRecordWriter(
  documents: Pick<DocumentStore, 'write' | 'updateCopy' | 'verified'>,
  needDocument: () => VaultDocument,
  writes: ReturnType<typeof mutex>,
  eventLoop: EventLoop = realEventLoop,
): RecordWriter {
  let waiting: Waiting[] = []
  /** How long the last save took, and the one before it (ms). */
  let [saveTime, timeBefore] = [0, 0]
  let endedAt = Number.NEGATIVE_INFINITY
  /** When a save was last made for several callers. */
  let lastShared = Number.NEGATIVE_INFINITY

  /**
   * Waits while further changes come in, because responses that arrived together are processed one after another. In a burst it
   * waits for as long after the last save as that took. If it waited for all that are about to come, all callers would send their
   * requests together, and this host would idle until all responses come together.
   */
  async function gather(): Promise<void> {
    const began = eventLoop.now()
    if (began - lastShared <= burstTime) {
      // A single save that the disk held up does not hold up the next one.
      const left = endedAt + Math.min(saveTime, timeBefore) - began
      if (left > 0) await eventLoop.pause(left)
      return eventLoop.turn()
    }
    for (let count = 0; count < waiting.length && eventLoop.now() - began <= saveTime; ) {
      count = waiting.length
      await eventLoop.turn()
    }
  }

  async function saveWaiting(): Promise<void> {
    await gather()
    const saved = waiting
    waiting = []
    try {
      // All have the same key: the vault is not opened again before the changes of the last session are written.
      const [{ index }] = saved as [Waiting]
      save(
        saved.flatMap(({ changes }) => changes),
        index,
      )
      if (saved.length > 1) lastShared = eventLoop.now()
      for (const one of saved) one.written()
    } catch (error) {
      const reason = unwritten(error)
      for (const one of saved) one.failed(reason)
    }
  }

  function save(changes: TableChange[], index: RecordIndex): void {
    const document = needDocument()
    const began = eventLoop.now()
    let undo = () => {}
    try {
      documents.write(() => {
        const undos = [document.records.apply(changes), index.apply(changes)]
        undo = () => {
          for (const one of undos) one()
        }
        return index.sealInto(document)
      })
    } catch (error) {
      undo()
      throw error
    }
    endedAt = eventLoop.now()
    ;[saveTime, timeBefore] = [endedAt - began, saveTime]
    documents.verified(index.problems().size === 0)
    // Removed secrets must be gone from the copy as well, which is otherwise updated later.
    if (changes.some(({ name, value }) => value === null && holdsSecret(name))) documents.updateCopy()
  }

  return {
    write: (changes, index) =>
      new Promise((written, failed) => {
        waiting.push({ changes, index, written, failed })
        if (waiting.length === 1) void writes(saveWaiting)
      }),
  }
}
