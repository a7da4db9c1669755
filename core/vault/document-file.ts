// What conf and electron-store need around them to be trusted with the vault. Owns the two gaps they leave: a file that is
// not an object reads as an empty store, and a disk that fills up in the middle of a write leaves the file cut short
// without a word (the bytes are handed over in one call whose count nobody looks at). Refuses to report either as success.
import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { prepareFolder } from '../folder.ts'
import type { VaultDocumentFile } from '../ports.ts'
import { exists, type KeptCopy, keptCopy, parseWhole, readWhole } from './kept-copy.ts'
import { readOrdinary, refuseStray } from './ordinary-file.ts'

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
  const copy = keptCopy(path)
  const writing = `${path}.writing`
  let opened: WholeStore | undefined
  const store = () => {
    opened ??= openStore()
    return opened
  }

  return {
    path,
    lastGood: copy,
    read() {
      settleInterruptedWrite(path, writing, copy)
      clearUnfinished(path)
      if (!exists(path)) return undefined
      refuseStray(path)
      return store().store
    },
    write(document) {
      prepareFolder(dirname(path))
      settleInterruptedWrite(path, writing, copy)
      const held = exists(path)
      if (held) copy.follow()
      try {
        writeFileSync(writing, '', { mode: 0o600 })
        store().store = { ...document }
        if (readFileSync(path, 'utf8') !== vaultStoreOptions.serialize(document)) {
          throw new Error('The vault was not written whole. Is the disk full?')
        }
        syncFolder(dirname(path))
      } catch (error) {
        putBack(path, held, copy)
        rmSync(writing, { force: true })
        throw error
      }
      rmSync(writing, { force: true })
      followIfPossible(copy)
    },
  }
}

/** What was written is on disk, whole: that there was no room for its copy must not be told as a failure of it. */
function followIfPossible(copy: KeptCopy): void {
  try {
    copy.follow()
  } catch {
    // The next write, or the next start, tries again.
  }
}

/** The file as it was before a write that failed; a copy that cannot be read any more takes nobody's place. */
function putBack(path: string, held: boolean, copy: KeptCopy): void {
  if (!held) {
    rmSync(path, { force: true })
    return
  }
  const before = copy.read()
  if (before === undefined || JSON.stringify(readWhole(path)) === JSON.stringify(before.document)) return
  copy.takePlace()
  followIfPossible(copy)
}

/**
 * A process that was killed in the middle of `write` may leave a file cut short; its copy is what it held before. A file that
 * cannot be read now may be whole: the system's error is thrown, and everything stays as it is.
 */
function settleInterruptedWrite(path: string, writing: string, copy: KeptCopy): void {
  if (!exists(writing)) return
  if (isCutShort(path) && copy.read() !== undefined) copy.takePlace()
  rmSync(writing, { force: true })
}

/** Whether nothing is there, or no JSON; throws the system's error where that cannot be seen. */
function isCutShort(path: string): boolean {
  return !exists(path) || parseWhole(readOrdinary(path)) === undefined
}

/**
 * What a process that was killed had begun to write lies beside the file for ever, and opens with the key slots of its
 * day. Only the owner reads the document, so nobody else is writing now.
 */
function clearUnfinished(path: string): void {
  const began = new RegExp(`^${basename(path, '.json')}(?:\\.copy)?\\.json\\.tmp-`)
  // Versions until 0.1 kept the file under this name while they wrote.
  const before = `${basename(path)}.before`
  try {
    for (const name of readdirSync(dirname(path))) {
      const superseded = name === before && readWhole(path) !== undefined
      if (superseded || began.test(name)) rmSync(join(dirname(path), name))
    }
  } catch {
    // A folder that cannot be written to, or is not there: reading goes on, and says so itself.
  }
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
