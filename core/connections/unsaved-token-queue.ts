// New tokens that are not on disk yet, in memory until they are. Owns when writing them is tried again, and which of them
// came while the vault was shut: whether those are the newest shows only when it is open again.
import type { UnsavedTokens } from './unsaved-tokens.ts'

export interface UnsavedTokenQueue {
  /** The newest tokens of a connection in the open vault; `undefined` where the disk holds the newest. */
  get(id: string): UnsavedTokens | undefined
  /** They go into the open vault and are tried again by themselves. */
  add(id: string, tokens: UnsavedTokens): void
  /** They came over a vault that is shut, and wait for it to be opened. */
  addShut(id: string, tokens: UnsavedTokens): void
  /** The same, whatever came for the connection before. */
  setShut(id: string, tokens: UnsavedTokens): void
  /** They are on disk, or their connection is gone. */
  delete(id: string): void
  /** The same for tokens that came over a shut vault. */
  deleteShut(id: string): void
  ids(): string[]
  shut(): [id: string, tokens: UnsavedTokens][]
  /** The vault was shut: nothing is tried again until it is opened. */
  close(): void
  /** Runs the next try later, while something waits for it; the one planned before does not run. */
  planRetry(): void
}

/** How soon a failed write is tried again (ms). */
const retryAfter = 5_000

export function createUnsavedTokenQueue(retry: () => void): UnsavedTokenQueue {
  const open = new Map<string, UnsavedTokens>()
  const shut = new Map<string, UnsavedTokens>()
  let timer: NodeJS.Timeout | undefined

  function put(where: Map<string, UnsavedTokens>, id: string, tokens: UnsavedTokens): void {
    const before = where.get(id)
    where.set(id, before ? { alongWith: before.alongWith, ...tokens, over: before.over } : tokens)
  }

  function cancelRetry(): void {
    clearTimeout(timer)
    timer = undefined
  }

  return {
    get: (id) => open.get(id),
    add(id, tokens) {
      put(open, id, tokens)
      timer ??= setTimeout(retry, retryAfter).unref()
    },
    addShut: (id, tokens) => put(shut, id, tokens),
    setShut: (id, tokens) => void shut.set(id, tokens),
    delete: (id) => void open.delete(id),
    deleteShut: (id) => void shut.delete(id),
    ids: () => [...open.keys()],
    shut: () => [...shut],
    close() {
      for (const [id, tokens] of open) shut.set(id, tokens)
      open.clear()
      cancelRetry()
    },
    planRetry() {
      cancelRetry()
      if (open.size > 0) timer = setTimeout(retry, retryAfter).unref()
    },
  }
}
