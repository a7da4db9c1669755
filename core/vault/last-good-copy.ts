// The last good copy of the vault's file, beside it. It becomes what the file was before each write, without being written
// itself: the old file keeps its content under the copy's name. Refuses to share one file on the disk with the vault for
// longer than that takes, since damage to one would be damage to both.
import { copyFileSync, linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { LastGoodCopy } from '../ports.ts'
import { exists, readOrdinary, refuseStray, syncFile } from './ordinary-file.ts'

export interface FileCopy extends LastGoodCopy {
  /** Makes the copy be what lies at `file`, which is about to be replaced. Throws the system's error. */
  takeOver(file: string): void
}

/** The copy of the file at `path`; the file's own name is `vault.json`, the copy's `vault.copy.json`. */
export function lastGoodCopy(path: string): FileCopy {
  const place = path.replace(/\.json$/, '.copy.json')
  const fresh = `${place}.tmp-new`

  /** In one step: whoever is killed in the middle leaves the one before. */
  function become(make: () => void): void {
    try {
      rmSync(fresh, { force: true })
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
      // Renaming one name of a file over another of its names would do nothing and leave both.
      if (isSameFile(file, place)) return
      become(() => linkOrCopy(file, fresh))
    },
    follow() {
      refuseStray(path)
      if (isUpToDate(path, place)) return
      const text = readOrdinary(path)
      become(() => writeFileSync(fresh, text, { mode: 0o600, flush: true }))
    },
    use() {
      const aside = exists(path) ? path.replace(/\.json$/, `.damaged-${stamp()}.json`) : null
      const recovered = `${path}.tmp-recovered`
      writeFileSync(recovered, readFileSync(place), { mode: 0o600, flush: true })
      if (aside !== null) renameSync(path, aside)
      renameSync(recovered, path)
      return aside
    },
  }
}

/** The file systems of memory sticks know no second name for a file, and none crosses from one disk to another. */
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

/** One that was written after the file, and is as long, was made of it; by a second name it would be older than the file. */
function isUpToDate(path: string, copy: string): boolean {
  const [file, found] = [path, copy].map((one) => statSync(one, { bigint: true, throwIfNoEntry: false }))
  if (!file || !found || isSameFile(path, copy)) return false
  return found.isFile() && found.size === file.size && found.mtimeNs >= file.mtimeNs
}

/** The file's JSON, `undefined` where it is missing, cut short or not to be read. */
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

/** A moment as part of a file's name, on every system. */
function stamp(): string {
  return new Date().toISOString().replace(/[:.]/g, '-')
}
