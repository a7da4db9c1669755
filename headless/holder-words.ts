// Who holds the vault, in the words of the command line.

import { clockTime } from '../contract/moment.ts'
import { type Holder, howToFree } from '../contract/vault.ts'
import { CommandError } from './command-error.ts'

export const hostWords: Record<Holder['host'], string> = {
  desktop: 'the desktop app',
  serve: '“grantdesk serve”',
  command: 'another grantdesk command',
}

/** The error that another host holds the vault: what it is, its process, since when, and how to free the vault. */
export function heldBy(holder: Holder, more = ''): CommandError {
  const who = `${hostWords[holder.host]} (process ${holder.pid} on ${holder.machine}, since ${clockTime(holder.since)})`
  return new CommandError(`The vault is held by ${who}${more}.`, howToFree(holder))
}

/** The same for a suspended process, which only the person can resume. */
export function suspended(holder: Holder): CommandError {
  const who = `${hostWords[holder.host]} (process ${holder.pid})`
  return new CommandError(
    `The vault is held by ${who}, which is stopped and does not answer.`,
    `Let it go on: “fg” where it was started, or “kill -CONT ${holder.pid}”.`,
  )
}
