// The test projects, from quick to slow. `build/test.ts` runs those that this machine can run.
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const minute = 60_000

/**
 * Only what hangs runs into these: a machine that is twenty times too busy must fail no test. What polls waits half as
 * long, and then says for what.
 */
function limits(minutes: number) {
  const timeout = minutes * minute
  return { testTimeout: timeout, hookTimeout: timeout, expect: { poll: { timeout: timeout / 2 } } }
}

/** Test files that spend their time waiting, for programs and servers of their own on free ports, run side by side. */
const besides = Math.max(3, availableParallelism())

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          maxWorkers: availableParallelism(),
          ...limits(2),
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: 'test/support/build-quick.ts',
          maxWorkers: besides,
          ...limits(5),
        },
      },
      {
        test: { name: 'ui', include: ['test/ui/**/*.test.ts'], maxWorkers: availableParallelism(), ...limits(5) },
      },
      {
        // One screen, one clipboard, one runtime at a time.
        test: { name: 'desktop', include: ['test/desktop/**/*.test.ts'], fileParallelism: false, ...limits(5) },
      },
    ],
  },
})
