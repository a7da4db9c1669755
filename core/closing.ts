// Closes the application: waits for what is under way, and does not drop tokens that are not on disk yet.
import { unsavedTokensProblem } from './locking.ts'

export interface ClosingParts {
  /** Removes a secret from the clipboard if it is still there; never throws. */
  forgetCopied(): Promise<void>
  /** Cancels what waits for the person, and waits for responses of servers. */
  settle(): Promise<void>
  /** Tries to write unsaved tokens; returns the names of the connections where that still fails. */
  saveUnsaved(): Promise<string[]>
  /** It is not closed after all. */
  reopen(): void
  /** Stops everything and gives up the vault. */
  end(): Promise<void>
}

/**
 * Throws `conflict` if new tokens cannot be written, and the application keeps running then; `evenIfLost` closes it anyway.
 */
export async function closeApplication(parts: ClosingParts, evenIfLost: boolean): Promise<void> {
  await parts.forgetCopied()
  await parts.settle()
  const unsaved = await parts.saveUnsaved()
  if (unsaved.length > 0 && !evenIfLost) {
    parts.reopen()
    throw unsavedTokensProblem(
      unsaved,
      'Make room on the disk; they are lost when Grantdesk ends before they are written.',
    )
  }
  await parts.end()
}
