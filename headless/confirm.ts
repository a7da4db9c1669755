// A question before something that is better thought about. Where nobody can be asked, the option says yes, and nothing else.
import { CommandError } from './command-error.ts'
import { canAsk } from './prompt.ts'
import { askYes } from './typed-lines.ts'

/** Returns when the person said yes; throws a CommandError otherwise, with `otherwise` where nobody can be asked. */
export async function confirm(question: string, otherwise: string): Promise<void> {
  if (!canAsk()) throw new CommandError('This needs your agreement, and there is no terminal to ask on.', otherwise)
  if (!(await askYes(question))) throw new CommandError('Nothing was changed.')
}
