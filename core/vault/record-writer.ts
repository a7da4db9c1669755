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

/** The event loop's turns, which the writer lets pass before a save. */
export interface EventLoop {
  now(): number
  /** Returns after all callbacks that are due now. */
  turn(): Promise<void>
  /** Returns after about a millisecond. */
  tick(): Promise<void>
}

const realEventLoop: EventLoop = {
  now: () => performance.now(),
  turn: () => new Promise((resolve) => setImmediate(resolve)),
  tick: () => new Promise((resolve) => setTimeout(resolve, 1)),
}

/** In a burst a save waits for at most this many times its own duration, because waiting saves that many saves. */
const longestWait = 4
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
  /** How long the last save took (ms): the next one may wait that long for others, in a burst several times as long. */
  let saveTime = 0
  /** When a save was last made for several callers. */
  let lastShared = Number.NEGATIVE_INFINITY

  /**
   * Waits while further changes come in, because responses that arrived together are processed one after another. In a burst it
   * also waits for changes that are about to come: for half of a save's duration after the latest one.
   */
  async function gather(): Promise<void> {
    const began = eventLoop.now()
    const isBurst = began - lastShared <= burstTime
    let [count, cameAt] = [0, began]
    while (eventLoop.now() - began <= (isBurst ? longestWait : 1) * saveTime) {
      if (count < waiting.length) cameAt = eventLoop.now()
      else if (!isBurst || eventLoop.now() - cameAt > saveTime / 2) return
      else await eventLoop.tick()
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
    saveTime = eventLoop.now() - began
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
