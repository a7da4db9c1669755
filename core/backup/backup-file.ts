// Writes a backup or another saved file completely or not at all: a half-written backup would go unnoticed until the day it
// is needed.
import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { open as openFile } from 'node:fs/promises'

/** A complete file on disk, still under a temporary name. */
export interface Unfinished {
  /** Renames it to its final name. */
  finish(): void
  /** Deletes it unless it was finished. */
  drop(): void
}

/** Writes `text` to `file`, readable by its owner only; throws the system's error, EEXIST if the file exists. */
export function writeBackup(file: string, text: string): void {
  const unfinished = prepare(file, text, giveName)
  try {
    unfinished.finish()
  } finally {
    unfinished.drop()
  }
}

/** The same, but may replace a file, in two steps: the person has confirmed that already. */
export function prepareReplacement(file: string, text: string): Unfinished {
  return prepare(file, text, renameSync)
}

/** The same for content in pieces, of any size. */
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

/** Throws the system's error if `file` cannot be created, EEXIST if it exists. */
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

/** Uses a hard link, which fails if the name is taken; FAT and exFAT have none. */
function giveName(unfinished: string, file: string): void {
  try {
    linkSync(unfinished, file)
  } catch (error) {
    if (existsSync(file)) throw isThere(file)
    if (!(error instanceof Error && 'code' in error && error.code !== 'ENOENT' && error.code !== 'ENOSPC')) throw error
    renameSync(unfinished, file)
  }
}
