// What every transport serves: the application's door, as callers come to it.
import type { Change } from '../../contract/change.ts'
import type { Caller } from '../../contract/connection.ts'
import type { Answer } from '../../contract/failure.ts'

export interface Door {
  /** `left` is aborted when the caller is gone, where that is known. */
  call(name: string, input: unknown, caller: Caller, left?: AbortSignal): Promise<Answer<unknown>>
  /** Starts with a snapshot; returns a function that unsubscribes. */
  listen(onChange: (change: Change) => void): () => void
}
