// The file of a backup: whole or not there at all. A half written one would be taken for a backup until the day it is
// needed; a file that is there already is never written over.
import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** Writes `text` to `file`, for its owner only; throws the system's error, EEXIST where the file is there. */
export function writeBackup(file: string, text: string): void {
  const unfinished = `${file}.${randomUUID()}.unfinished`
  try {
    const descriptor = openSync(unfinished, 'wx', 0o600)
    try {
      writeFileSync(descriptor, text)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    giveName(unfinished, file)
  } finally {
    rmSync(unfinished, { force: true })
  }
}

/** A link fails where something has the name already; the file systems of memory sticks know none. */
function giveName(unfinished: string, file: string): void {
  try {
    linkSync(unfinished, file)
  } catch (error) {
    if (existsSync(file)) throw Object.assign(new Error(`${file} is there already`), { code: 'EEXIST' })
    if (!(error instanceof Error && 'code' in error && error.code !== 'ENOENT' && error.code !== 'ENOSPC')) throw error
    renameSync(unfinished, file)
  }
}
