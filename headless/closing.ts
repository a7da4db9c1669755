// Closes a command's own host. Waits for responses that are under way, and retries writing tokens that could not be saved,
// because they would be lost with this process.
import { setTimeout as pause } from 'node:timers/promises'
import type { App } from '../core/app.ts'
import { Problem } from '../core/problem.ts'
import { CommandError } from './command-error.ts'
import { note } from './output.ts'
import { canAsk } from './prompt.ts'

/** Times in ms. */
export interface ClosingLimits {
  /** A note is printed if closing takes longer. */
  noteAfter: number
  /** The pause before writing unsaved tokens again. */
  retryAfter: number
  /** How long to retry without a terminal, where nobody can press Ctrl-C. */
  giveUpAfter: number
}

const usual: ClosingLimits = { noteAfter: 2_000, retryAfter: 1_000, giveUpAfter: 60_000 }

/** Throws a CommandError if tokens are lost. On a terminal it retries until the person presses Ctrl-C. */
export async function closeWithRetries(app: Pick<App, 'close'>, limits = usual, attended = canAsk()): Promise<void> {
  const began = performance.now()
  const timer = setTimeout(() => {
    note('Waiting for the answer of a service. Ctrl-C ends at once; what was asked for is lost then.')
  }, limits.noteAfter).unref()
  try {
    for (let told = false; ; told = true) {
      const unsaved = await app.close().catch(unsavedTokensProblem)
      if (!unsaved) return
      clearTimeout(timer)
      if (!attended && performance.now() - began > limits.giveUpAfter) {
        await app.close({ evenIfLost: true })
        throw tokensLost(unsaved)
      }
      if (!told)
        note(`${unsaved.message} Make room on the disk: it is tried again.${attended ? ' Ctrl-C gives them up.' : ''}`)
      await pause(limits.retryAfter)
    }
  } finally {
    clearTimeout(timer)
  }
}

function unsavedTokensProblem(error: unknown): Problem {
  if (error instanceof Problem && error.failure.kind === 'conflict') return error
  throw error
}

function tokensLost({ message }: Problem): CommandError {
  return new CommandError(
    `${message} With this command they are lost.`,
    'Make room on the disk, then refresh or reconnect.',
  )
}
