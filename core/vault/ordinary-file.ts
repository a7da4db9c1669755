// Reads files in the vault's folder that somebody else may have put there. Rejects anything but regular files before opening
// it, because reading a pipe would block the process forever.
import { type BigIntStats, closeSync, fsyncSync, lstatSync, openSync, readFileSync, statSync } from 'node:fs'
import { systemCode } from '../system-code.ts'

/** There is something other than a regular file; `code` works like the system's error codes. */
export class StrayFile extends Error {
  readonly code = 'NO_FILE'
  readonly path: string

  constructor(path: string) {
    super(`${path} is no ordinary file. Move it away, then try again.`)
    this.name = 'StrayFile'
    this.path = path
  }
}

/** A link's target is missing. Not damage: its disk may just not be mounted. */
export class UnreachableTarget extends Error {
  readonly code = 'LINK_TARGET_AWAY'
  readonly path: string

  constructor(path: string) {
    super(`${path} is a link to a place that cannot be reached now.`)
    this.name = 'UnreachableTarget'
    this.path = path
  }
}

/** Uses `lstat`, so that a link with a missing target (a disk not mounted) does not look like "no vault yet". */
export function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/**
 * The metadata of the file at `path` or of a link's target, `null` if there is none. Throws StrayFile for a folder, a pipe or
 * the like, or a link to one; UnreachableTarget for a broken link.
 */
export function statOrdinary(path: string): BigIntStats | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  if (found && !found.isFile()) throw new StrayFile(path)
  if (!found && isLink(path)) throw new UnreachableTarget(path)
  return found ?? null
}

/** A file's metadata as a text that differs after each change; `null` if there is no file. Throws like `statOrdinary`. */
export function fileMark(path: string): string | null {
  const found = statOrdinary(path)
  return found && [found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs].join(':')
}

/** Whether it is a link, broken or not. */
export function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
}

/** The file's text; throws StrayFile, UnreachableTarget, or the system's error. */
export function readOrdinary(path: string): string {
  statOrdinary(path)
  return readFileSync(path, 'utf8')
}

/** Flushes the file to disk. */
export function syncFile(path: string): void {
  // Windows cannot sync a file that is open for reading only.
  syncOpened(openSync(path, 'r+'))
}

/** Flushes a folder's names to disk; Windows and some file systems cannot do that. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  try {
    syncOpened(openSync(path, 'r'))
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP'].includes(systemCode(error))) throw error
  }
}

function syncOpened(descriptor: number): void {
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
