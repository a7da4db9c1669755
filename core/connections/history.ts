// Who did what with a connection, when: every explicit act on a secret leaves an entry here. Sealed, bounded.
import { randomUUID } from 'node:crypto'
import type { Act, Caller, HistoryEntry } from '../../contract/connection.ts'
import type { Clock } from '../ports.ts'
import { ifDamaged } from '../problem.ts'
import type { Records } from '../records.ts'
import { inTurn } from '../turns.ts'

/** The oldest entries of a connection are dropped beyond this. */
export const historyLength = 500

interface NewEntry {
  caller: Caller
  act: Act
  outcome?: HistoryEntry['outcome']
  detail: string
  flowId?: string
}

export interface History {
  add(connectionId: string, entry: NewEntry): Promise<void>
  /** Adds it if that is possible: the failure it tells of must not be hidden by another. */
  addFailure(connectionId: string, entry: NewEntry): Promise<void>
  /** Newest first. */
  entries(connectionId: string): Promise<HistoryEntry[]>
}

export function createHistory(records: Records, clock: Clock): History {
  // One after the other: two entries at once must not overwrite each other.
  const turn = inTurn()

  async function entries(connectionId: string): Promise<HistoryEntry[]> {
    return (await records.read('history', connectionId))?.entries ?? []
  }

  function add(connectionId: string, { outcome = 'done', flowId, ...entry }: NewEntry): Promise<void> {
    return turn(async () => {
      const added: HistoryEntry = { id: randomUUID(), at: clock.now(), outcome, flowId: flowId ?? null, ...entry }
      // A history that cannot be opened any more must not keep acts from being written down.
      const before = (await entries(connectionId).catch(ifDamaged)) ?? []
      const value = { entries: [added, ...before].slice(0, historyLength) }
      await records.write([{ put: 'history', id: connectionId, value }])
    })
  }

  return {
    entries,
    add,
    addFailure: (connectionId, entry) => add(connectionId, { ...entry, outcome: 'failed' }).catch(() => undefined),
  }
}
