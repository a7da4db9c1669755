// The vault's document as a file of conf or electron-store, and what they lack to be trusted with it.
//
// Both write atomically, but fall back to writing in place where that fails, do not notice a write that a full disk cut short,
// and read and parse the file before they replace it. So they write the new document under another name, where no file is; when
// it is complete, it is renamed to the vault's name. The replaced file is untouched until then, and becomes the last good copy by
// a hard link, so that nothing is written twice. Never reports a document as written that is not complete on disk.
import { chmodSync, readdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { prepareFolder } from '../folder.ts'
import type { LastGoodCopy, VaultDocumentFile } from '../ports.ts'
import { lastGoodCopy } from './last-good-copy.ts'
import { exists, fileMark, isLink, readOrdinary, statOrdinary, syncFile, syncFolder } from './ordinary-file.ts'
import { createSerialiser } from './string-table.ts'

/** Options for either store, in addition to the folder and the file's name. */
export interface VaultStoreOptions {
  configFileMode: number
  accessPropertiesByDotNotation: false
  clearInvalidConfig: false
  serialize(document: object): Uint8Array
}

/** The part of conf and electron-store that is used here. */
export interface WholeStore {
  store: Record<string, unknown>
}

/** Opens the store of the file `name`.json in `folder`, to write it. */
export type OpenStore = (folder: string, name: string, options: VaultStoreOptions) => WholeStore

const fresh = 'vault.next'

/** The document in the vault's folder. Touches nothing until it is read or written. */
export function documentFile(folder: string, openStore: OpenStore): VaultDocumentFile {
  const path = join(folder, 'vault.json')
  const copy = lastGoodCopy(path)
  const kept = [folder, path, copy.path, join(folder, 'logs')]
  const serialise = createSerialiser()
  let length = 0
  const options: VaultStoreOptions = {
    configFileMode: 0o600,
    accessPropertiesByDotNotation: false,
    clearInvalidConfig: false,
    serialize(document) {
      const bytes = serialise(document)
      length = bytes.length
      return bytes
    },
  }

  /** Kept, because opening a store costs as much as writing. */
  const writers = new Map<string, WholeStore>()
  function writerIn(home: string): WholeStore {
    const writer = writers.get(home) ?? openStore(home, fresh, options)
    writers.set(home, writer)
    return writer
  }

  /** The file itself: a person may have replaced it with a link. */
  const target = () => (isLink(path) ? realpathSync(path) : path)

  /** Writes the document next to the file that it will replace; returns the path. */
  function writeFresh(document: object, home: string): string {
    const written = join(home, `${fresh}.json`)
    // The store would read and parse a leftover before it replaces it.
    if (exists(written)) rmSync(written)
    try {
      writerIn(home).store = { ...document }
      // In a Snap, conf writes in place and does not sync.
      if (process.env.SNAP) syncFile(written)
      if (statSync(written).size !== length) throw new Error('The vault was not written whole. Is the disk full?')
    } catch (error) {
      rmSync(written, { force: true })
      throw error
    }
    return written
  }

  return {
    path,
    lastGood: copy,
    mark: () => fileMark(path),
    closeToOthers: () => kept.filter(closeToOthers),
    read() {
      clearUnfinished(folder)
      if (statOrdinary(path) === null) return undefined
      if (isLink(path)) clearUnfinished(dirname(target()))
      // Not by the store, which reads and parses the file twice and compares the two.
      return JSON.parse(readOrdinary(path))
    },
    write(document, old = 'becomes_copy') {
      prepareFolder(folder)
      const replaced = statOrdinary(path)
      const place = target()
      const written = writeFresh(document, dirname(place))
      try {
        if (old === 'becomes_copy' && replaced !== null) copy.takeOver(place)
        renameSync(written, place)
        syncFolder(dirname(place))
      } catch (error) {
        rmSync(written, { force: true })
        throw error
      }
      if (old === 'becomes_copy' && replaced === null && !exists(copy.path)) beginCopy(copy)
    },
  }
}

/** Makes the first copy. The document is on disk, so a failure to copy it is not a failure to write it. */
function beginCopy(copy: LastGoodCopy): void {
  try {
    copy.follow()
  } catch {
    // The next write makes one.
  }
}

/** Removes everybody else's access to a file or folder, if this user may do that; returns whether they had any. */
function closeToOthers(path: string): boolean {
  if (process.platform === 'win32') return false
  try {
    if (!isOpenToOthers(path)) return false
    chmodSync(path, statSync(path).isDirectory() ? 0o700 : 0o600)
    // Some file systems know no modes.
    return !isOpenToOthers(path)
  } catch {
    // It is missing, or another user's: the next write replaces it with a file of ours.
    return false
  }
}

function isOpenToOthers(path: string): boolean {
  return (statSync(path).mode & 0o077) !== 0
}

/**
 * Removes what a killed process had begun to write: it would stay forever, and can be opened with the key slots of its time. Only
 * the vault's owner reads the document, so no other process is writing now.
 */
function clearUnfinished(folder: string): void {
  const began = /^vault(?:\.copy|\.next)?\.json\.tmp-|^vault\.next\.json$/
  // Versions before 0.1 used these names while they wrote.
  const before = ['vault.json.before', 'vault.json.writing']
  for (const name of namesIn(folder)) {
    if (!began.test(name) && !before.includes(name)) continue
    try {
      rmSync(join(folder, name))
    } catch {
      // The folder is not writable, or it is another user's file: reading still works, and writing reports it.
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
