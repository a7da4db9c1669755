// The order of requests to open the vault: one at a time, after all writes. Those from before the last lock are dropped.
import type { VaultStatus } from '../../contract/vault.ts'
import { mutex } from '../mutex.ts'

/** One request; `dropped` tells whether it was interrupted meanwhile, and then it must not open the vault any more. */
export type Step = (dropped: () => boolean) => Promise<VaultStatus>

export interface OpeningSteps {
  /** Runs one step when those before it have ended; dropped if it was interrupted since it was requested, at `since` or now. */
  run(step: Step, since?: number): Promise<VaultStatus>
  /** Runs other work the same way; it is never dropped. */
  exclusively<T>(work: () => Promise<T>): Promise<T>
  /** The present moment, counted in interruptions. */
  now(): number
  /** Drops all steps that were requested so far. */
  interrupt(): void
}

export interface OpeningStepsParts {
  writes: ReturnType<typeof mutex>
  isOpen(): boolean
  status(): VaultStatus
}

export function createOpeningSteps({ writes, isOpen, status }: OpeningStepsParts): OpeningSteps {
  const exclusively = mutex()
  let interruptions = 0
  return {
    run(step, since = interruptions) {
      const dropped = () => since !== interruptions
      return exclusively(async () => {
        await writes(async () => undefined)
        return dropped() || isOpen() ? status() : step(dropped)
      })
    },
    exclusively: (work) => exclusively(work),
    now: () => interruptions,
    interrupt() {
      interruptions += 1
    },
  }
}
