// A question before something that is better thought about. Where nobody can be asked, the option says yes, and nothing else.
import { createInterface } from 'node:readline/promises'
import { CommandError } from './command-error.ts'
import { canAsk } from './prompt.ts'

/** Returns when the person said yes; throws a CommandError otherwise, with `otherwise` where nobody can be asked. */
export async function confirm(question: string, otherwise: string): Promise<void> {
  if (!canAsk()) throw new CommandError('This needs your agreement, and there is no terminal to ask on.', otherwise)
  if (!(await askYes(question))) throw new CommandError('Nothing was changed.')
}

/** Whether the person at the terminal says yes; everything else is no. */
export async function askYes(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim())
  } finally {
    lines.close()
  }
}
