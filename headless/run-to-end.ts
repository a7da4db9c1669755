// Runs a command to its exit code: reports any error, and ends the process once everything is written.
import { CommandError, commandErrorOf } from './command-error.ts'
import { errorLog } from './log.ts'
import { finish, reportError, toleratePipes } from './output.ts'

/** Runs `work` and ends the process with the exit code that it returns, or with that of the error it throws. */
export async function runToEnd(work: () => Promise<number>): Promise<void> {
  toleratePipes()
  // Node would print the error's message, which may quote a secret, and the source line.
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    process.on(event, (error: unknown) => void report(error).then(finish))
  }
  await finish(await work().catch(report))
}

async function report(error: unknown): Promise<number> {
  if (error instanceof CommandError) return reportError(error)
  const { Problem } = await import('../core/problem.ts')
  if (error instanceof Problem) return reportError(commandErrorOf(error.failure))
  if (isSystemError(error)) return reportError(new CommandError(error.message))
  const { internalFailure } = await import('../core/internal-failure.ts')
  return reportError(commandErrorOf(internalFailure(error, errorLog)))
}

/**
 * Whether it is a system error about a file or port, whose message helps the person. Any other error is a bug, and its message
 * may contain anything: Node's own errors have a code, too, and quote the invalid value.
 */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'errno' in error && typeof error.errno === 'number' && 'syscall' in error
}
