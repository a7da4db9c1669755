// The log files on disk, in a folder next to the vault. Private; a failed write leaves a file unchanged; never follows links or
// writes to anything but regular files.
import {
  closeSync,
  constants,
  fstatSync,
  fsync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { LogFolder } from '../ports.ts'
import { systemCode } from '../system-code.ts'

const unfinished = '.unfinished'
/** Flags not to follow links or block on pipes, where the system has them. */
const ordinary = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** The logs in `folder`, which is created at the first write. */
export function logFolder(folder: string): LogFolder {
  const place = (name: string) => join(folder, name)

  return {
    list(subfolder) {
      const found = ifThere(() => readdirSync(place(subfolder))) ?? []
      // Left by a process that was killed while rewriting a file.
      for (const name of found) if (name.endsWith(unfinished)) rmSync(join(place(subfolder), name), { force: true })
      return found.filter((name) => !name.endsWith(unfinished))
    },
    read: (name, fromEnd = Number.POSITIVE_INFINITY) =>
      ifThere(() =>
        withFile(place(name), constants.O_RDONLY, (file, size) => {
          const length = Math.min(size, fromEnd)
          const bytes = Buffer.alloc(length)
          return bytes.subarray(0, readSync(file, bytes, 0, length, size - length))
        }),
      ) ?? null,
    sizeOf: (name) => lstatSync(place(name), { throwIfNoEntry: false })?.size ?? 0,
    append(name, size, bytes) {
      inFolder(dirname(place(name)), () =>
        withFile(place(name), constants.O_RDWR | constants.O_CREAT, (file, found) => {
          if (found > size) ftruncateSync(file, size)
          try {
            writeAll(file, bytes, size)
          } catch (error) {
            ftruncateSync(file, size)
            throw error
          }
        }),
      )
    },
    async sync(name) {
      const file = openSync(place(name), constants.O_RDWR | ordinary)
      try {
        await promisify(fsync)(file)
      } finally {
        closeSync(file)
      }
      syncFolder(dirname(place(name)))
    },
    replace(name, bytes) {
      mkdirSync(dirname(place(name)), { recursive: true, mode: 0o700 })
      const fresh = `${place(name)}${unfinished}`
      try {
        withFile(fresh, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC, (file) => {
          writeAll(file, bytes, 0)
          fsyncSync(file)
        })
        renameSync(fresh, place(name))
      } catch (error) {
        rmSync(fresh, { force: true })
        throw error
      }
      syncFolder(dirname(place(name)))
    },
    remove: (name) => rmSync(place(name), { force: true }),
  }
}

/** Creates the folder if it turns out to be missing. */
function inFolder(folder: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!isMissing(error)) throw error
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    work()
  }
}

/** `work` gets the file and its size. */
function withFile<T>(path: string, flags: number, work: (file: number, size: number) => T): T {
  const file = openSync(path, flags | ordinary, 0o600)
  try {
    const found = fstatSync(file)
    if (!found.isFile()) throw Object.assign(new Error(`${path} is no ordinary file`), { code: 'NO_FILE', path })
    return work(file, found.size)
  } finally {
    closeSync(file)
  }
}

/** The system may write fewer bytes than requested. */
function writeAll(file: number, bytes: Buffer, at: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, at + done)
}

function ifThere<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return systemCode(error) === 'ENOENT'
}

/** Flushes new names to disk; Windows cannot do that for folders. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
