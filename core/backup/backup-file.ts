// A backup's file, or another that is saved: whole or not there at all. A half written one would be taken for a backup until
// the day it is needed.
import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { open as openFile } from 'node:fs/promises'

/** A file that is whole on the disk and has not its name yet. */
export interface Unfinished {
  /** Gives it its name. */
  finish(): void
  /** Leaves nothing behind where it has no name yet. */
  drop(): void
}

/** Writes `text` to `file`, for its owner only; throws the system's error, EEXIST where the file is there. */
export function writeBackup(file: string, text: string): void {
  const unfinished = prepare(file, text, giveName)
  try {
    unfinished.finish()
  } finally {
    unfinished.drop()
  }
}

/** The same over a file that is there, in two steps: whoever chose its place was asked already. */
export function prepareReplacement(file: string, text: string): Unfinished {
  return prepare(file, text, renameSync)
}

/** The same for what comes in pieces, of any length. */
export async function prepareReplacementFrom(file: string, pieces: AsyncIterable<Uint8Array>): Promise<Unfinished> {
  const unfinished = `${file}.${randomUUID()}.unfinished`
  const drop = () => rmSync(unfinished, { force: true })
  try {
    const open = await openFile(unfinished, 'wx', 0o600)
    try {
      for await (const piece of pieces) await open.write(piece)
      await open.sync()
    } finally {
      await open.close()
    }
  } catch (error) {
    drop()
    throw error
  }
  return { drop, finish: () => renameSync(unfinished, file) }
}

/** Throws the system's error where no new file can be written at `file`, EEXIST where one is there. */
export function checkPlace(file: string): void {
  if (existsSync(file)) throw isThere(file)
  prepare(file, '', giveName).drop()
}

function prepare(file: string, text: string, take: (unfinished: string, file: string) => void): Unfinished {
  const unfinished = `${file}.${randomUUID()}.unfinished`
  const drop = () => rmSync(unfinished, { force: true })
  try {
    const descriptor = openSync(unfinished, 'wx', 0o600)
    try {
      writeFileSync(descriptor, text)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    drop()
    throw error
  }
  return { drop, finish: () => take(unfinished, file) }
}

function isThere(file: string): Error {
  return Object.assign(new Error(`${file} is there already`), { code: 'EEXIST' })
}

/** A link fails where something has the name already; the file systems of memory sticks know none. */
function giveName(unfinished: string, file: string): void {
  try {
    linkSync(unfinished, file)
  } catch (error) {
    if (existsSync(file)) throw isThere(file)
    if (!(error instanceof Error && 'code' in error && error.code !== 'ENOENT' && error.code !== 'ENOSPC')) throw error
    renameSync(unfinished, file)
  }
}
