// The last good copy of the vault's file, next to it. Before each write, the old file is renamed to be the copy, so nothing is
// written twice. File and copy share an inode only during that step, because damage to one would be damage to both.
import { copyFileSync, linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { LastGoodCopy } from '../ports.ts'
import { exists, readOrdinary, statOrdinary, syncFile } from './ordinary-file.ts'

export interface FileCopy extends LastGoodCopy {
  /** Makes `file`, which is about to be replaced, the copy. Throws the system's error. */
  takeOver(file: string): void
}

/** The copy of the file at `path`; the file's own name is `vault.json`, the copy's `vault.copy.json`. */
export function lastGoodCopy(path: string): FileCopy {
  const place = path.replace(/\.json$/, '.copy.json')
  const fresh = `${place}.tmp-new`

  /** Atomic: if the process is killed, the earlier copy is still there. */
  function become(make: () => void): void {
    try {
      // Left by a process that was killed.
      if (exists(fresh)) rmSync(fresh)
      make()
      renameSync(fresh, place)
    } catch (error) {
      rmSync(fresh, { force: true })
      throw error
    }
  }

  return {
    path: place,
    read() {
      const document = readJson(place)
      return document === undefined ? undefined : { document, writtenAt: Math.round(statSync(place).mtimeMs) }
    },
    takeOver(file) {
      // Renaming a file over another hard link of itself does nothing and leaves both.
      if (isSameFile(file, place)) return
      become(() => linkOrCopy(file, fresh))
    },
    follow() {
      statOrdinary(path)
      if (isUpToDate(path, place)) return
      const text = readOrdinary(path)
      become(() => writeFileSync(fresh, text, { mode: 0o600, flush: true }))
    },
    setAside() {
      const aside = asideOf(path)
      writeFileSync(aside, readOrdinary(path), { mode: 0o600, flush: true, flag: 'wx' })
      return aside
    },
    use() {
      const aside = exists(path) ? asideOf(path) : null
      const recovered = `${path}.tmp-recovered`
      writeFileSync(recovered, readFileSync(place), { mode: 0o600, flush: true })
      if (aside !== null) renameSync(path, aside)
      renameSync(recovered, path)
      return aside
    },
  }
}

/** Where a damaged file is kept. */
function asideOf(path: string): string {
  return path.replace(/\.json$/, `.damaged-${stamp()}.json`)
}

/** FAT and exFAT have no hard links, and links cannot cross file systems: copy then. */
function linkOrCopy(file: string, to: string): void {
  try {
    linkSync(file, to)
  } catch {
    copyFileSync(file, to)
    syncFile(to)
  }
}

function isSameFile(one: string, other: string): boolean {
  const [here, there] = [one, other].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }))
  return here !== undefined && there !== undefined && here.ino === there.ino && here.dev === there.dev
}

/** Assumes that a copy is current if it is newer than the file and has the same size. */
function isUpToDate(path: string, copy: string): boolean {
  const [file, found] = [path, copy].map((one) => statSync(one, { bigint: true, throwIfNoEntry: false }))
  if (!file || !found || isSameFile(path, copy)) return false
  return found.isFile() && found.size === file.size && found.mtimeNs >= file.mtimeNs
}

/** The file's JSON, `undefined` if it is missing, truncated or unreadable. */
function readJson(path: string): unknown {
  const text = textOf(path)
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

function textOf(path: string): string | undefined {
  try {
    return readOrdinary(path)
  } catch {
    return undefined
  }
}

/** A timestamp that is valid in file names on every system. */
function stamp(): string {
  return new Date().toISOString().replace(/[:.]/g, '-')
}
