// The vault's document as a file of conf or electron-store, and what they need around them to be trusted with it.
//
// Both write a file atomically, but give three things away: where their own atomic write fails they write in place, a write
// that a full disk cuts short is not noticed, and before each write they read and parse what they replace. So they write the
// new document under a name of its own, where nothing lies yet; when it is whole it takes the vault's name in one step. The
// file that it replaces is not touched until then, and becomes the last good copy by a second name, so that nothing is
// written twice. Refuses to report as written what does not lie there whole.
import { chmodSync, readdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { prepareFolder } from '../folder.ts'
import type { LastGoodCopy, VaultDocumentFile } from '../ports.ts'
import { lastGoodCopy } from './last-good-copy.ts'
import { exists, isLink, refuseStray, syncFile, syncFolder } from './ordinary-file.ts'
import { createSerialiser } from './string-table.ts'

/** Options for either store, next to its folder and the file's name. */
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

/** Opens the store of the file `name`.json in `folder`; conf reads as it is made. */
export type OpenStore = (folder: string, name: string, options: VaultStoreOptions) => WholeStore

const readable = 'vault'
const fresh = 'vault.next'

/** The document in the vault's folder; touches nothing until it is read or written. */
export function documentFile(folder: string, openStore: OpenStore): VaultDocumentFile {
  const path = join(folder, `${readable}.json`)
  const copy = lastGoodCopy(path)
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

  /** Opened once: opening one costs as much as writing. */
  const writers = new Map<string, WholeStore>()
  function writerIn(home: string): WholeStore {
    const writer = writers.get(home) ?? openStore(home, fresh, options)
    writers.set(home, writer)
    return writer
  }

  /** Where the file itself lies: a person may have put a link in its place. */
  const target = () => (isLink(path) ? realpathSync(path) : path)

  /** Writes the document beside the file that it is to replace; answers where. */
  function writeFresh(document: object, home: string): string {
    const written = join(home, `${fresh}.json`)
    // A leftover would be read and parsed by the store before it is replaced.
    rmSync(written, { force: true })
    try {
      writerIn(home).store = { ...document }
      // Within a Snap conf writes in place, and leaves the syncing to the system.
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
    mark() {
      refuseStray(path)
      const found = statSync(path, { bigint: true, throwIfNoEntry: false })
      return found ? [found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs].join(':') : null
    },
    read() {
      clearUnfinished(folder)
      if (!exists(path)) return undefined
      refuseStray(path)
      if (isLink(path)) clearUnfinished(dirname(target()))
      closeToOthers(path)
      closeToOthers(copy.path)
      return openStore(folder, readable, options).store
    },
    write(document, old = 'becomes_copy') {
      prepareFolder(folder)
      refuseStray(path)
      const place = target()
      const written = writeFresh(document, dirname(place))
      try {
        if (old === 'becomes_copy' && exists(path)) copy.takeOver(place)
        renameSync(written, place)
        syncFolder(dirname(place))
      } catch (error) {
        rmSync(written, { force: true })
        throw error
      }
      if (old === 'becomes_copy' && !exists(copy.path)) beginCopy(copy)
    },
  }
}

/** What was written is on disk, whole: that there was no room for its copy must not be told as a failure of it. */
function beginCopy(copy: LastGoodCopy): void {
  try {
    copy.follow()
  } catch {
    // The next write makes one.
  }
}

/** What anybody else may look at is closed to them, where this user may do that. */
function closeToOthers(path: string): void {
  if (process.platform === 'win32') return
  try {
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600)
  } catch {
    // It is not there, or another user's: the next write puts one of ours in its place.
  }
}

/**
 * What a process that was killed had begun to write lies beside the file for ever, and opens with the key slots of its
 * day. Only the owner reads the document, so nobody else is writing now.
 */
function clearUnfinished(folder: string): void {
  const began = /^vault(?:\.copy|\.next)?\.json\.tmp-|^vault\.next\.json$/
  // Versions until 0.1 kept these beside the file while they wrote.
  const before = ['vault.json.before', 'vault.json.writing']
  for (const name of namesIn(folder)) {
    if (!began.test(name) && !before.includes(name)) continue
    try {
      rmSync(join(folder, name))
    } catch {
      // A folder that cannot be written to, or something of somebody else's: reading goes on, and writing says so itself.
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
