// Asks many connections for their health, for every caller that does.
import type { Door } from './caller.ts'
import type { Answer } from './failure.ts'
import type { Health } from './health.ts'
import { inParallel } from './in-parallel.ts'

export interface HealthChecks {
  /** Resolves when the last is told, with whether all were asked. */
  done: Promise<boolean>
  /** Begins no other. */
  leave(): void
  /** Begins no other, and cancels what is being asked. */
  stop(): void
}

/** Asked side by side: services are different ones, and none is asked by many at once. */
const atATime = 4

/** Asks these connections a few at a time, in their order; `tell` has each answer. */
export function checkHealth(
  door: Door,
  connectionIds: readonly string[],
  tell: (id: string, answer: Answer<Health>) => void,
): HealthChecks {
  const ending = new AbortController()
  const { signal } = ending
  const asking = new Set<string>()
  async function ask(id: string): Promise<void> {
    asking.add(id)
    const answer = await door.call('connections.checkHealth', { id })
    asking.delete(id)
    tell(id, answer)
  }
  return {
    done: inParallel(connectionIds, atATime, ask, signal).then(() => !signal.aborted),
    leave: () => ending.abort(),
    stop() {
      ending.abort()
      for (const id of asking) void door.call('connections.cancel', { id })
    },
  }
}
