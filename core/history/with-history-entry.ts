// Runs an operation and adds its history entry, whether it succeeds or fails.
import type { Caller, HistoryOperation } from '../../contract/connection.ts'
import { Problem } from '../problem.ts'
import type { History } from './history.ts'

interface Operation<T> {
  /** `null` for an operation on the whole vault. */
  connectionId: string | null
  caller: Caller
  operation: HistoryOperation
  /** What was done, from the result. */
  detail(value: T): string
}

/** Runs `work` and records it; rethrows its error, even if that could not be recorded. */
export async function withHistoryEntry<T>(
  history: History,
  { detail, connectionId, ...entry }: Operation<T>,
  work: () => Promise<T>,
): Promise<T> {
  let value: T
  try {
    value = await work()
  } catch (error) {
    await history.addFailure(connectionId, { ...entry, detail: error instanceof Problem ? error.message : 'Failed' })
    throw error
  }
  await history.add(connectionId, { ...entry, detail: detail(value) })
  return value
}
