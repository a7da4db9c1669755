// What conf and electron-store need around them to be trusted with the vault. Owns the two gaps they leave: a file that is
// not an object reads as an empty store, and a disk that fills up in the middle of a write leaves the file cut short
// without a word (the bytes are handed over in one call whose count nobody looks at). Refuses to report either as success.
import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { prepareFolder } from '../folder.ts'
import type { VaultDocumentFile } from '../ports.ts'

/** Options for either store, next to `cwd` and the file's name. */
export const vaultStoreOptions = {
  configFileMode: 0o600,
  accessPropertiesByDotNotation: false,
  clearInvalidConfig: false,
  serialize: (document: object) => JSON.stringify(document),
} as const

/** The file's name without `.json`. */
export const vaultStoreName = 'vault'

/** The part of conf and electron-store that is used here. */
export interface WholeStore {
  store: Record<string, unknown>
}

/** The vault's document over a conf-like store, which is opened when it is first needed (conf reads as it is made). */
export function documentFile(path: string, openStore: () => WholeStore): VaultDocumentFile {
  const before = `${path}.before`
  let opened: WholeStore | undefined
  const store = () => {
    opened ??= openStore()
    return opened
  }

  return {
    path,
    read() {
      settleInterruptedWrite(path, before)
      clearUnfinished(path)
      if (!exists(path)) return undefined
      return store().store
    },
    write(document) {
      prepareFolder(dirname(path))
      settleInterruptedWrite(path, before)
      const held = exists(path)
      if (held) keepBefore(path, before)
      try {
        store().store = { ...document }
        if (readFileSync(path, 'utf8') !== vaultStoreOptions.serialize(document)) {
          throw new Error('The vault was not written whole. Is the disk full?')
        }
        syncFolder(dirname(path))
      } catch (error) {
        if (held) renameSync(before, path)
        else rmSync(path, { force: true })
        throw error
      }
      rmSync(before, { force: true })
    },
  }
}

/** A process that was killed in the middle of `write` leaves `before` behind: whichever of the two is whole stays. */
function settleInterruptedWrite(path: string, before: string): void {
  if (!exists(before)) return
  if (readWhole(path) !== undefined) rmSync(before)
  else if (readWhole(before) !== undefined) renameSync(before, path)
}

/**
 * What a process that was killed had begun to write lies beside the file for ever, and opens with the key slots of its
 * day. Only the owner reads the document, so nobody else is writing now.
 */
function clearUnfinished(path: string): void {
  const began = `${basename(path)}.tmp-`
  try {
    for (const name of readdirSync(dirname(path))) {
      if (name.startsWith(began)) rmSync(join(dirname(path), name))
    }
  } catch {
    // A folder that cannot be written to, or is not there: reading goes on, and says so itself.
  }
}

/** A copy rather than a hard link: under SNAP conf writes in place, which would spoil both. */
function keepBefore(path: string, before: string): void {
  try {
    writeFileSync(before, readFileSync(path), { mode: 0o600, flush: true })
  } catch (error) {
    rmSync(before, { force: true })
    throw error
  }
}

/** The file's JSON, `undefined` where it is missing or cut short. */
function readWhole(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** `lstat`, so that a link whose target is away (a disk not mounted) does not read as "no vault yet". */
function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/** Makes the rename itself outlive a power cut; Windows has no such call for folders. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
