// New tokens that are not on disk yet, kept in memory and tried again. Those that arrived while the vault was locked are kept
// apart: only when it is unlocked do we know whether they are the newest.
import type { UnsavedTokens } from './unsaved-tokens.ts'

export interface UnsavedTokenQueue {
  /** A connection's unsaved tokens while the vault is open; `undefined` if the newest are on disk. */
  get(id: string): UnsavedTokens | undefined
  /** Adds tokens for the open vault; writing them is retried automatically. */
  add(id: string, tokens: UnsavedTokens): void
  /** Adds tokens that arrived while the vault was locked. */
  addShut(id: string, tokens: UnsavedTokens): void
  /** The same, replacing earlier ones of the connection. */
  setShut(id: string, tokens: UnsavedTokens): void
  /** Call when they are on disk, or their connection is gone. */
  delete(id: string): void
  /** The same for tokens that arrived while the vault was locked. */
  deleteShut(id: string): void
  ids(): string[]
  shut(): [id: string, tokens: UnsavedTokens][]
  /** The vault was locked: stops retrying until it is unlocked. */
  close(): void
  /** Schedules the next try if there is something to write, in place of one already scheduled. */
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
