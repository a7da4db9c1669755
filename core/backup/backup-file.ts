// A backup's file, or another that is saved: whole or not there at all. A half written one would be taken for a backup until
// the day it is needed.
import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** Writes `text` to `file`, for its owner only; throws the system's error, EEXIST where the file is there. */
export function writeBackup(file: string, text: string): void {
  writeWhole(file, text, giveName)
}

/** The same over a file that is there: whoever chose its place was asked already. */
export function replaceWhole(file: string, text: string): void {
  writeWhole(file, text, renameSync)
}

function writeWhole(file: string, text: string, take: (unfinished: string, file: string) => void): void {
  const unfinished = `${file}.${randomUUID()}.unfinished`
  try {
    const descriptor = openSync(unfinished, 'wx', 0o600)
    try {
      writeFileSync(descriptor, text)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    take(unfinished, file)
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
