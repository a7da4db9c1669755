// Writes records: what waits together is written together, in one save of the document. Owns who is answered when and with
// what: each caller when its own changes are on disk, or with the reason why none of that save's are.
import type { mutex } from '../mutex.ts'
import type { VaultDocument } from './document.ts'
import type { DocumentStore } from './document-store.ts'
import { holdsSecret, type RecordIndex } from './record-index.ts'
import type { TableChange } from './string-table.ts'
import { unwritten } from './vault-problems.ts'

export interface RecordWriter {
  /** On disk when it returns. Throws `vault_broken`, `vault_busy` or `vault_locked`; then nothing of it is stored. */
  write(changes: TableChange[], index: RecordIndex): Promise<void>
}

interface Waiting {
  changes: TableChange[]
  index: RecordIndex
  written(): void
  failed(error: unknown): void
}

/** What the writer waits for before a save. */
export interface Turns {
  now(): number
  /** Lets everything happen that is about to. */
  turn(): Promise<void>
  /** Lets what is on its way come (about a millisecond). */
  moment(): Promise<void>
}

const realTurns: Turns = {
  now: () => performance.now(),
  turn: () => new Promise((resolve) => setImmediate(resolve)),
  moment: () => new Promise((resolve) => setTimeout(resolve, 1)),
}

/** In a burst a save waits at most so many times as long as it takes: it spares as many others. */
const mostWaits = 4
/** So long after a save that several shared (ms) others are expected to share the next. */
const burst = 200

/** `writes` are the turns in which the vault is written; `needDocument` throws `vault_locked` where there is none. */
export function createRecordWriter(
  documents: Pick<DocumentStore, 'write' | 'updateCopy' | 'verified'>,
  needDocument: () => VaultDocument,
  writes: ReturnType<typeof mutex>,
  turns: Turns = realTurns,
): RecordWriter {
  let waiting: Waiting[] = []
  /** How long the last save took (ms): so long a save may wait for others, in a burst some times as long. */
  let lastSave = 0
  /** When several last shared one. */
  let lastShared = Number.NEGATIVE_INFINITY

  /**
   * Answers that came in at the same time come here one after another: as long as more of them do, the save waits. In a burst
   * it waits for those that are on their way as well, half as long as it takes itself after the last one that came.
   */
  async function gather(): Promise<void> {
    const began = turns.now()
    const isBurst = began - lastShared <= burst
    let [count, cameAt] = [0, began]
    while (turns.now() - began <= (isBurst ? mostWaits : 1) * lastSave) {
      if (count < waiting.length) cameAt = turns.now()
      else if (!isBurst || turns.now() - cameAt > lastSave / 2) return
      else await turns.moment()
      count = waiting.length
      await turns.turn()
    }
  }

  async function saveWaiting(): Promise<void> {
    await gather()
    const saved = waiting
    waiting = []
    try {
      // All were sealed under one key: no other opens the vault before what was sealed under the one before is written.
      const [{ index }] = saved as [Waiting]
      save(
        saved.flatMap(({ changes }) => changes),
        index,
      )
      if (saved.length > 1) lastShared = turns.now()
      for (const one of saved) one.written()
    } catch (error) {
      const reason = unwritten(error)
      for (const one of saved) one.failed(reason)
    }
  }

  function save(changes: TableChange[], index: RecordIndex): void {
    const document = needDocument()
    const began = turns.now()
    let undo = () => {}
    try {
      documents.write(() => {
        const undos = [document.records.apply(changes), index.apply(changes)]
        undo = () => {
          for (const one of undos) one()
        }
        return { ...document, index: index.seal() }
      })
    } catch (error) {
      undo()
      throw error
    }
    lastSave = turns.now() - began
    documents.verified(index.problems().size === 0)
    // What the person has removed is to be gone: a copy that is one write behind would keep it until the next one.
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
