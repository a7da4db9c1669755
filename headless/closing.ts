// The end of a command's own host: answers that are on their way are waited for, and tokens that cannot be written are tried
// again, because with this process they are gone.
import { setTimeout as pause } from 'node:timers/promises'
import type { App } from '../core/app.ts'
import { Problem } from '../core/problem.ts'
import { CommandError } from './command-error.ts'
import { note } from './output.ts'
import { canAsk } from './prompt.ts'

/** Times in ms. */
export interface ClosingLimits {
  /** Closing that takes longer is spoken of. */
  unremarkable: number
  /** How soon tokens that could not be written are tried again. */
  again: number
  /** How long, where nobody can say that it is enough. */
  unattended: number
}

const usual: ClosingLimits = { unremarkable: 2_000, again: 1_000, unattended: 60_000 }

/** Throws a CommandError when tokens are lost. In a terminal that is for the person to say, by Ctrl-C. */
export async function closePatiently(app: Pick<App, 'close'>, limits = usual, attended = canAsk()): Promise<void> {
  const began = performance.now()
  const timer = setTimeout(() => {
    note('Waiting for the answer of a service. Ctrl-C ends at once; what was asked for is lost then.')
  }, limits.unremarkable).unref()
  try {
    for (let told = false; ; told = true) {
      const unsaved = await app.close().catch(aboutTokens)
      if (!unsaved) return
      clearTimeout(timer)
      if (!attended && performance.now() - began > limits.unattended) {
        await app.close({ evenIfLost: true })
        throw lost(unsaved)
      }
      if (!told)
        note(`${unsaved.message} Make room on the disk: it is tried again.${attended ? ' Ctrl-C gives them up.' : ''}`)
      await pause(limits.again)
    }
  } finally {
    clearTimeout(timer)
  }
}

function aboutTokens(error: unknown): Problem {
  if (error instanceof Problem && error.failure.kind === 'conflict') return error
  throw error
}

function lost({ message }: Problem): CommandError {
  return new CommandError(
    `${message} With this command they are lost.`,
    'Make room on the disk, then refresh or reconnect.',
  )
}
