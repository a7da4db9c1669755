// The last good copy of the vault's file, beside it. It follows the file after each write that is known to be whole, so
// that it holds what the file held; refuses to follow by itself what nobody has looked at.
import { lstatSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { LastGoodCopy } from '../ports.ts'
import { readOrdinary } from './ordinary-file.ts'

export interface KeptCopy extends LastGoodCopy {
  /** Puts the copy itself into the file's place, which needs no room on the disk; there is none afterwards. */
  takePlace(): void
}

/** The copy of the file at `path`; the file's own name is `vault.json`, the copy's `vault.copy.json`. */
export function keptCopy(path: string): KeptCopy {
  const place = path.replace(/\.json$/, '.copy.json')
  return {
    path: place,
    read() {
      const document = readWhole(place)
      return document === undefined ? undefined : { document, writtenAt: Math.round(statSync(place).mtimeMs) }
    },
    follow() {
      const text = readOrdinary(path)
      if (textOf(place) !== text) writeWhole(place, text)
    },
    takePlace: () => renameSync(place, path),
    use() {
      const aside = !exists(path) ? null : path.replace(/\.json$/, `.damaged-${stamp()}.json`)
      const fresh = `${path}.tmp-recovered`
      writeFileSync(fresh, readFileSync(place), { mode: 0o600, flush: true })
      if (aside !== null) renameSync(path, aside)
      renameSync(fresh, path)
      return aside
    },
  }
}

/** The file's JSON, `undefined` where it is missing, cut short or not to be read. */
export function readWhole(path: string): unknown {
  const text = textOf(path)
  return text === undefined ? undefined : parseWhole(text)
}

/** The JSON that a text is, `undefined` where it is none. */
export function parseWhole(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `lstat`, so that a link whose target is away (a disk not mounted) does not read as "no vault yet". */
export function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/** In one piece: whoever is killed in the middle leaves the one before. */
function writeWhole(place: string, text: string): void {
  const fresh = `${place}.tmp-new`
  try {
    writeFileSync(fresh, text, { mode: 0o600, flush: true })
    renameSync(fresh, place)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw error
  }
}

function textOf(path: string): string | undefined {
  try {
    return readOrdinary(path)
  } catch {
    return undefined
  }
}

/** A moment as part of a file's name, on every system. */
function stamp(): string {
  return new Date().toISOString().replace(/[:.]/g, '-')
}
