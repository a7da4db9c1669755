// The test projects, from quick to slow. `build/test.ts` runs those that this machine can run.
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './build/longest-first.ts'
import { longestWait } from './test/support/longest-wait.ts'

const minute = 60_000

/**
 * Only what hangs runs into these: a machine that is twenty times too busy must fail no test. What polls waits less long, and
 * then says for what.
 */
function limits(minutes: number) {
  const timeout = minutes * minute
  return { testTimeout: timeout, hookTimeout: timeout, expect: { poll: { timeout: longestWait } } }
}

/**
 * What test files import is loaded once in each worker: nothing of ours keeps a state in a module, and loading it for each
 * file took half of the time of the unit tests.
 */
const isolate = false

/** Test files wait for much of their time, for programs and servers of their own on free ports: more of them than cores. */
const sideBySide = { maxWorkers: Math.max(3, availableParallelism()), isolate }

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'], ...sideBySide, ...limits(5) },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: 'test/support/build-quick.ts',
          ...sideBySide,
          ...limits(5),
        },
      },
      {
        test: {
          name: 'ui',
          include: ['test/ui/**/*.test.ts'],
          globalSetup: 'test/support/build-quick.ts',
          ...sideBySide,
          ...limits(5),
        },
      },
      {
        // One screen, one clipboard, one runtime at a time.
        test: {
          name: 'desktop',
          include: ['test/desktop/**/*.test.ts'],
          fileParallelism: false,
          isolate,
          ...limits(5),
        },
      },
    ],
  },
})
