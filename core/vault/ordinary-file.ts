// Reading a file of the vault's folder that somebody else may have put there. Refuses whatever is no ordinary file before it
// is opened, since reading a pipe waits for ever and takes the whole process with it.
import { closeSync, fsyncSync, lstatSync, openSync, readFileSync, statSync } from 'node:fs'

/** Something lies in a file's place that cannot be used as one; `code` is read as the system's own codes are. */
export class StrayFile extends Error {
  readonly code = 'NO_FILE'
  readonly path: string

  constructor(path: string) {
    super(`${path} is no ordinary file. Move it away, then try again.`)
    this.name = 'StrayFile'
    this.path = path
  }
}

/** A link leads to where nothing is now, which is no damage: its disk may only be away. */
export class UnreachableTarget extends Error {
  readonly code = 'LINK_TARGET_AWAY'
  readonly path: string

  constructor(path: string) {
    super(`${path} is a link to a place that cannot be reached now.`)
    this.name = 'UnreachableTarget'
    this.path = path
  }
}

/** `lstat`, so that a link whose target is away (a disk not mounted) does not read as "no vault yet". */
export function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/**
 * Throws StrayFile where a folder, a pipe or the like lies at `path`, or a link leads to one; UnreachableTarget where a link
 * leads nowhere.
 */
export function refuseStray(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found && !found.isFile()) throw new StrayFile(path)
  if (!found && isLink(path)) throw new UnreachableTarget(path)
}

/** Whether a link lies there, wherever it leads. */
export function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
}

/** The file's text; throws StrayFile, UnreachableTarget, or the system's error. */
export function readOrdinary(path: string): string {
  refuseStray(path)
  return readFileSync(path, 'utf8')
}

/** Returns when the file lies on the disk itself. */
export function syncFile(path: string): void {
  // Windows syncs nothing that is open for reading only.
  syncOpened(openSync(path, 'r+'))
}

/** Makes the names in a folder outlive a power cut; Windows has no such call for folders, nor have some file systems. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  try {
    syncOpened(openSync(path, 'r'))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'EINVAL' || error.code === 'ENOTSUP')))
      throw error
  }
}

function syncOpened(descriptor: number): void {
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
