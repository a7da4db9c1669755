// What commands do if the folder contains no vault. Only a command that writes creates one; the others name the folder where
// they looked, because the person may mean another.
import { existsSync, rmdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
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
export function isMissing({ path, lastGood }: { path: string; lastGood?: { path: string } }): boolean {
  try {
    return !exists(path) && (lastGood === undefined || !exists(lastGood.path))
  } catch {
    return false
  }
}

/** The folders on the way to `folder` that are not there, itself first. */
export function missingFolders(folder: string): string[] {
  const missing: string[] = []
  for (let at = folder; !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.push(at)
  return missing
}

/** Takes them away again where a command that failed has left nothing in them. */
export function removeIfEmpty(folders: string[]): void {
  try {
    for (const folder of folders) rmdirSync(folder)
  } catch {
    // Something is in it, or it was never made.
  }
}

/** Whether `folder` holds nothing of a vault. */
export function isMissingIn(folder: string): boolean {
  return isMissing({ path: join(folder, 'vault.json'), lastGood: { path: join(folder, 'vault.copy.json') } })
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
