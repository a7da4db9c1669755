// Runs an operation in its flow: the flow ends with the operation, and secrets are removed from its failure, because a server may
// quote a token in its refusal.

import { Problem } from '../problem.ts'
import type { Recording } from './recording.ts'

/** Runs `work`, which returns its value and whether the flow succeeded. Rethrows Problems without this flow's secrets. */
export async function inFlow<T>(
  recording: Recording,
  work: () => Promise<{ value: T; succeeded: boolean }>,
): Promise<T> {
  try {
    const { value, succeeded } = await work()
    await recording.end(succeeded ? 'succeeded' : 'failed')
    return value
  } catch (error) {
    if (!(error instanceof Problem)) {
      await recording.end('failed')
      throw error
    }
    const failure = recording.redact(error)
    await recording.end(failure.kind === 'cancelled' ? 'cancelled' : 'failed', failure)
    throw new Problem(failure)
  }
}
