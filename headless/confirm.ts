// Asks before an action that is hard to undo. Without a terminal, only the option confirms it.
import { CommandError } from './command-error.ts'
import { canAsk } from './prompt.ts'
import { askYes } from './typed-lines.ts'

/** Returns if the person agrees; throws a CommandError otherwise, with the remedy `otherwise` if there is no terminal. */
export async function confirm(question: string, otherwise: string): Promise<void> {
  if (!canAsk()) throw new CommandError('This needs your agreement, and there is no terminal to ask on.', otherwise)
  if (!(await askYes(question))) throw new CommandError('Nothing was changed.')
}
