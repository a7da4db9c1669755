// What goes on with a connection at this moment and is stored nowhere: an act under way, something that is waited for.
import { isDeepStrictEqual } from 'node:util'
import type { ConnectionView } from '../../contract/connection.ts'

export type TransientState = Pick<ConnectionView, 'busy' | 'waiting'>

export interface TransientStates {
  of(id: string): TransientState
  set(id: string, change: Partial<TransientState>): void
  clear(): void
}

const nothing: TransientState = { busy: null, waiting: null }

/** `onChange` is told of what is new only. */
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
