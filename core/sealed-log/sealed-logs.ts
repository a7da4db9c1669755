// Append-only files with each line encrypted, for records that grow without end and must not be rewritten each time. Keeps
// lines in order, and in memory while the disk does not accept them; adds nothing once the vault is locked.
import type { LogFolder } from '../ports.ts'
import type { LineCipher } from './line-cipher.ts'
import { createLogFlushes } from './log-flushes.ts'
import { createLogTails, type OpenLine } from './log-tails.ts'
import { endOfLog, type LogContent, lineText, readLog } from './log-text.ts'

export interface SealedLogs {
  /** Starts a new file. */
  create(name: string): void
  /**
   * Adds a line without waiting for the disk; throws `vault_locked`. It replaces an earlier one `about` the same that has not been
   * written yet.
   */
  append(name: string, text: string, about?: string): void
  /** Skips a line, which counts as missing when the file is read. */
  skip(name: string): void
  /** Writes appended lines, all or those of some files; returns whether they are written. What cannot be written is tried again. */
  flush(names?: readonly string[]): boolean
  /**
   * Writes lines right away, all or none; throws the system's error. Returns how many lines the file has, and the number of
   * the next one.
   */
  write(name: string, texts: readonly string[]): { count: number; next: number }
  /** Returns when a file has been flushed to disk. */
  sync(name: string): Promise<void>
  /** A file's readable lines, including unwritten ones; `null` if it does not exist. */
  read(name: string): LogContent | null
  /** The lines in this many bytes from the end of a file. */
  readEnd(name: string, bytes: number): LogContent['lines']
  /** Replaces all lines atomically. */
  replace(name: string, texts: readonly string[]): void
  remove(name: string): void
  /** The names of the files in a folder. */
  list(folder: string): string[]
  /** A file's size, including lines that wait to be written. */
  sizeOf(name: string): number
  /** Why lines cannot be written now, in words; `null` if they can. */
  trouble(): string | null
  /** When the vault locks: writes what it can and drops the rest. */
  forget(): void
}

export interface SealedLogsDeps {
  folder: LogFolder
  /** Throws `vault_locked` while no key is in memory. */
  cipher(): LineCipher
  /** Called before each write; throws if another host may have the vault. */
  beforeWrite(): void
  /** Explains to the person why lines cannot be written; called once for each outage. */
  troubleWords(error: unknown): string
}

export function createSealedLogs(deps: SealedLogsDeps): SealedLogs {
  const { folder } = deps
  const tails = createLogTails(folder, {
    readEnd: (place, content) => endOfLog(deps.cipher(), nameIn(place), content),
    seal: (place, lines) => sealLines(nameIn(place), lines),
  })
  const flushes = createLogFlushes(writeWaiting, deps.troubleWords)

  /** Each vault has its own folder, because its key cannot decrypt another vault's files. */
  const placeOf = (name: string) => `${deps.cipher().vaultId}/${name}`
  const nameIn = (place: string) => place.slice(placeOf('').length)

  function sealLines(name: string, lines: readonly OpenLine[]): Buffer {
    const cipher = deps.cipher()
    const sealed = lines.map(({ number, isFirst, text }) =>
      lineText(number, cipher.seal({ file: name, number, isFirst }, text)),
    )
    return Buffer.from(sealed.join(''), 'latin1')
  }

  const sealAll = (name: string, texts: readonly string[], from: number, startsFile: boolean) =>
    sealLines(
      name,
      texts.map((text, at) => ({ number: from + at, isFirst: startsFile && at === 0, text })),
    )

  /** What is on disk, all or its end, plus unwritten lines. */
  function contentOf(place: string, fromEnd?: number): Buffer | null {
    const written = folder.read(place, fromEnd)
    if (tails.waitingBytes(place) === 0) return written
    const { size } = tails.cached(place)
    // A write that failed may have left half a line.
    const half = Math.max(0, folder.sizeOf(place) - size)
    const whole = (written ?? Buffer.alloc(0)).subarray(0, (written?.length ?? 0) - half)
    return Buffer.concat([whole, tails.waiting(place)])
  }

  /** Tries every file, even if one fails; returns the first error. */
  function writeWaiting(names?: readonly string[]): unknown {
    let unwritten = tails.unwritten()
    if (unwritten.length === 0) return null
    let first: unknown = null
    try {
      deps.beforeWrite()
      // Once the vault is locked, what could not be written is lost: this throws.
      if (names) unwritten = names.map(placeOf).filter((place) => unwritten.includes(place))
      else deps.cipher()
    } catch (error) {
      return error
    }
    for (const place of unwritten) {
      try {
        tails.write(place)
      } catch (error) {
        first ??= error
      }
    }
    tails.trim()
    return first
  }

  return {
    create: (name) => tails.set(placeOf(name), { next: 0, count: 0, size: 0 }),
    append(name, text, about) {
      tails.wait(placeOf(name), text, about ?? null)
      flushes.flushSoon()
    },
    skip(name) {
      tails.cached(placeOf(name)).next += 1
    },
    flush: flushes.flush,
    write(name, texts) {
      deps.beforeWrite()
      const place = placeOf(name)
      tails.write(place)
      const tail = tails.current(place)
      const bytes = sealAll(name, texts, tail.next, tail.size === 0)
      folder.append(place, tail.size, bytes)
      tail.next += texts.length
      tail.count += texts.length
      tail.size += bytes.length
      return { count: tail.count, next: tail.next }
    },
    sync: (name) => folder.sync(placeOf(name)),
    read(name) {
      const content = contentOf(placeOf(name))
      return content && readLog(deps.cipher(), name, content)
    },
    readEnd(name, bytes) {
      const content = contentOf(placeOf(name), bytes)
      return content === null ? [] : readLog(deps.cipher(), name, content).lines
    },
    replace(name, texts) {
      deps.beforeWrite()
      const place = placeOf(name)
      const { next } = tails.current(place)
      const bytes = sealAll(name, texts, next, true)
      folder.replace(place, bytes)
      tails.drop(place)
      tails.set(place, { next: next + texts.length, count: texts.length, size: bytes.length })
    },
    remove(name) {
      deps.beforeWrite()
      tails.drop(placeOf(name))
      folder.remove(placeOf(name))
    },
    list: (subfolder) => folder.list(placeOf(subfolder)),
    sizeOf: (name) => tails.waitingBytes(placeOf(name)) + folder.sizeOf(placeOf(name)),
    trouble: flushes.trouble,
    forget() {
      flushes.flush()
      flushes.stop()
      tails.clear()
    },
  }
}
