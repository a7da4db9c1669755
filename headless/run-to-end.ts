// A command from its first line to its exit code. Owns what is said of whatever goes wrong, and that the process ends as soon as
// that is written: connections kept alive for later, and what nobody waits for any more, would hold it back.
import { CommandError, commandErrorOf } from './command-error.ts'
import { errorLog } from './log.ts'
import { finish, reportError, toleratePipes } from './output.ts'

/** Runs `work` and ends the process with the exit code that it answers, or with that of what it throws. */
export async function runToEnd(work: () => Promise<number>): Promise<void> {
  toleratePipes()
  // Node would print the error's message, which may quote what was being worked on, and the source line with it.
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    process.on(event, (error: unknown) => void report(error).then(finish))
  }
  await finish(await work().catch(report))
}

async function report(error: unknown): Promise<number> {
  if (error instanceof CommandError) return reportError(error)
  const { Problem } = await import('../core/problem.ts')
  if (error instanceof Problem) return reportError(commandErrorOf(error.failure))
  if (isOfTheSystem(error)) return reportError(new CommandError(error.message))
  const { internalFailure } = await import('../core/internal-failure.ts')
  return reportError(commandErrorOf(internalFailure(error, errorLog)))
}

/**
 * What the system says of files and ports helps. Anything else is a bug of ours, and its words may hold anything: Node's own
 * errors have a code too, and quote the value that they refuse.
 */
function isOfTheSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'errno' in error && typeof error.errno === 'number' && 'syscall' in error
}
