// Who did what with a connection, when: every explicit act on a secret leaves an entry here. Sealed, bounded.
import { randomUUID } from 'node:crypto'
import type { Act, Caller, HistoryEntry } from '../../contract/connection.ts'
import type { Clock } from '../ports.ts'
import type { Records } from '../records.ts'

/** The oldest entries of a connection are dropped beyond this. */
export const historyLength = 500

export interface History {
  add(
    connectionId: string,
    entry: { caller: Caller; act: Act; outcome?: HistoryEntry['outcome']; detail: string; flowId?: string },
  ): Promise<void>
  /** Newest first. */
  entries(connectionId: string): Promise<HistoryEntry[]>
}

export function createHistory(records: Records, clock: Clock): History {
  let last: Promise<unknown> = Promise.resolve()

  async function entries(connectionId: string): Promise<HistoryEntry[]> {
    return (await records.read('history', connectionId))?.entries ?? []
  }

  return {
    entries,
    add(
      connectionId,
      {
        outcome = 'done',
        flowId = null,
        ...entry
      }: { caller: Caller; act: Act; outcome?: HistoryEntry['outcome']; detail: string; flowId?: string | null },
    ) {
      const write = async () => {
        const added: HistoryEntry = { id: randomUUID(), at: clock.now(), outcome, flowId, ...entry }
        const value = { entries: [added, ...(await entries(connectionId))].slice(0, historyLength) }
        await records.write([{ put: 'history', id: connectionId, value }])
      }
      // One after the other: two entries at once must not overwrite each other.
      const turn = last.then(write)
      last = turn.catch(() => undefined)
      return turn
    },
  }
}
