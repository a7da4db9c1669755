// A connection's state that is not stored: a running operation, what it waits for.
import { isDeepStrictEqual } from 'node:util'
import type { ConnectionView } from '../../contract/connection.ts'

export type TransientState = Pick<ConnectionView, 'busy' | 'waiting'>

export interface TransientStates {
  of(id: string): TransientState
  set(id: string, change: Partial<TransientState>): void
  clear(): void
}

const nothing: TransientState = { busy: null, waiting: null }

/** `onChange` is called for real changes only. */
export function createTransientStates(onChange: (id: string) => void): TransientStates {
  const states = new Map<string, TransientState>()
  const of = (id: string) => states.get(id) ?? nothing
  return {
    of,
    set(id, change) {
      const before = of(id)
      const after = { ...before, ...change }
      if (isDeepStrictEqual(before, after)) return
      if (isDeepStrictEqual(after, nothing)) states.delete(id)
      else states.set(id, after)
      onChange(id)
    },
    clear: () => states.clear(),
  }
}
