// Questions for secrets on a terminal: what is typed is not shown, not cut and not kept in a history.
import { CommandError } from './command-error.ts'

export const cancelled = () => new CommandError('Cancelled.')

/** Whether somebody can be asked. */
export function canAsk(): boolean {
  return Boolean(process.stdin.isTTY && process.stderr.isTTY)
}

/** Asks on standard error and reads a line of any length without showing it. Ctrl-C and Ctrl-D cancel. */
export async function askHidden(question: string): Promise<string> {
  // Only who is asked something waits for it to load.
  const { raiseFor, readRaw } = await import('./raw-terminal.ts')
  return new Promise((resolve, reject) => {
    const stop = readRaw({
      onEnd(end) {
        stop()
        process.stderr.write('\n')
        if (end.kind === 'entered') return resolve(end.text)
        reject(cancelled())
        if (end.kind === 'quit') raiseFor('quit')
      },
    })
    // Only now, so that nothing typed ahead is shown.
    process.stderr.write(question)
  })
}
