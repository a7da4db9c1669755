// What commands do if the folder contains no vault. Only a command that writes creates one; the others name the folder where
// they looked, because the person may mean another.
import type { Ports } from '../core/ports.ts'
import { exists } from '../core/vault/ordinary-file.ts'
import { CommandError } from './command-error.ts'
import { plainLine } from './output.ts'

/** What a command does if there is no vault. */
export type WhenMissing = 'make' | 'refuse' | 'do_without'

export function noVault(folder: string, env: Readonly<Record<string, string | undefined>> = process.env): CommandError {
  const where = env.GRANTDESK_HOME
    ? 'GRANTDESK_HOME names this folder: is it spelled right? “grantdesk connect” makes a vault there.'
    : '“grantdesk connect” makes one. One in another folder is found by GRANTDESK_HOME.'
  return new CommandError(`There is no vault in ${plainLine(folder)}.`, where)
}

/** Whether there is neither a vault nor its copy. One that cannot be accessed counts as existing: reading it gives the error. */
export function isMissing({ path, lastGood }: Ports['document']): boolean {
  try {
    return !exists(path) && (lastGood === undefined || !exists(lastGood.path))
  } catch {
    return false
  }
}

/** Ports for an application without a vault: it touches nothing on the disk. */
export function withoutVault(ports: Ports): Ports {
  const { path } = ports.document
  return {
    ...ports,
    document: {
      path,
      read: () => undefined,
      mark: () => null,
      write() {
        throw new Error('There is no vault.')
      },
    },
    ownership: { take: () => ({ taken: true, anew: true }), release: () => undefined },
    keychain: null,
  }
}
