// An act with its entry in the history, whichever way it ends.
import type { Act, Caller } from '../../contract/connection.ts'
import { Problem } from '../problem.ts'
import type { History } from './history.ts'

interface Told<T> {
  /** `null` for an act on the vault as a whole. */
  connectionId: string | null
  caller: Caller
  act: Act
  /** What was done, from its answer. */
  detail(value: T): string
}

/** Does it and tells of it; a failure is thrown on, whether or not it could be told. */
export async function withHistoryEntry<T>(
  history: History,
  { detail, connectionId, ...entry }: Told<T>,
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
