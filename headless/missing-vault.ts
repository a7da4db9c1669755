// A folder that holds no vault. Only a command that is about to write makes one there; whatever reads says where it looked,
// because the folder may be another than the person means.
import type { Ports } from '../core/ports.ts'
import { exists } from '../core/vault/ordinary-file.ts'
import { CommandError } from './command-error.ts'
import { plainLine } from './output.ts'

/** What a command does where there is no vault: make one, refuse, or do what can be done without. */
export type WhenMissing = 'make' | 'refuse' | 'do_without'

export function noVault(folder: string, env: Readonly<Record<string, string | undefined>> = process.env): CommandError {
  const where = env.GRANTDESK_HOME
    ? 'GRANTDESK_HOME names this folder: is it spelled right? “grantdesk connect” makes a vault there.'
    : '“grantdesk connect” makes one. One in another folder is found by GRANTDESK_HOME.'
  return new CommandError(`There is no vault in ${plainLine(folder)}.`, where)
}

/** Whether nothing of a vault is there; what cannot be looked at counts as there, and is told of when it is read. */
export function isMissing({ path, lastGood }: Ports['document']): boolean {
  try {
    return !exists(path) && (lastGood === undefined || !exists(lastGood.path))
  } catch {
    return false
  }
}

/** The same machine for an application that has no vault and makes none: it touches nothing on the disk. */
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
