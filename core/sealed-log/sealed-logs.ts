// Append-only files with each line encrypted, for records that grow without end and must not be rewritten each time. Keeps
// lines in order, and in memory while the disk does not accept them; adds nothing once the vault is locked.
import type { LogFolder } from '../ports.ts'
import type { LineCipher } from './line-cipher.ts'
import { endOfLog, type LogContent, lineText, readLog } from './log-text.ts'

export interface SealedLogs {
  /** Starts a new file. */
  create(name: string): void
  /** Adds a line without waiting for the disk; throws `vault_locked`. */
  append(name: string, text: string): void
  /** Skips a line, which counts as missing when the file is read. */
  skip(name: string): void
  /** Writes appended lines; returns whether all are written. What cannot be written is tried again. */
  flush(): boolean
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

interface Tail {
  /** The number of the next line. */
  next: number
  /** Lines and bytes on disk. */
  count: number
  size: number
  /** Encrypted lines that are not on disk yet. */
  waiting: Buffer[]
}

/** How many files' ends are cached. */
const mostTails = 2_000
/** Lines within this time (ms) are written together, because events come in bursts. */
const writeDelay = 200
/** The time between two tries to write (ms). */
const retryDelay = 2_000
/** How many bytes to keep for a disk that accepts nothing; further lines are lost and count as missing. */
const mostWaiting = 8 * 1024 * 1024

export function createSealedLogs(deps: SealedLogsDeps): SealedLogs {
  const { folder } = deps
  const tails = new Map<string, Tail>()
  /** Files with unwritten lines. */
  const unwritten = new Set<string>()
  let waitingBytes = 0
  let trouble: string | null = null
  let timer: NodeJS.Timeout | null = null

  /** Each vault has its own folder, because its key cannot decrypt another vault's files. */
  const placeOf = (name: string) => `${deps.cipher().vaultId}/${name}`

  function sealAll(name: string, texts: readonly string[], from: number, startsFile: boolean): Buffer {
    const cipher = deps.cipher()
    const lines = texts.map((text, at) => {
      const number = from + at
      return lineText(number, cipher.seal({ file: name, number, isFirst: startsFile && at === 0 }, text))
    })
    return Buffer.from(lines.join(''), 'latin1')
  }

  /** Where the next line goes. Reads the file again if another process has written since. */
  function tailOf(name: string): Tail {
    const known = tails.get(name)
    if (known && (known.waiting.length > 0 || known.size === folder.sizeOf(placeOf(name)))) return known
    const content = folder.read(placeOf(name)) ?? Buffer.alloc(0)
    const { bytes: size, ...end } = endOfLog(deps.cipher(), name, content)
    const tail: Tail = { ...end, size, waiting: [] }
    tails.set(name, tail)
    return tail
  }

  /** What is on disk, all or its end, plus unwritten lines. */
  function contentOf(name: string, fromEnd?: number): Buffer | null {
    const written = folder.read(placeOf(name), fromEnd)
    const tail = tails.get(name)
    if (!tail || tail.waiting.length === 0) return written
    // A write that failed may have left half a line.
    const half = Math.max(0, folder.sizeOf(placeOf(name)) - tail.size)
    const whole = (written ?? Buffer.alloc(0)).subarray(0, (written?.length ?? 0) - half)
    return Buffer.concat([whole, ...tail.waiting])
  }

  function writeTail(name: string, tail: Tail): void {
    if (tail.waiting.length === 0) return
    const bytes = Buffer.concat(tail.waiting)
    folder.append(placeOf(name), tail.size, bytes)
    tail.size += bytes.length
    tail.count += tail.waiting.length
    tail.waiting = []
    unwritten.delete(name)
    waitingBytes -= bytes.length
  }

  /** Tries every file, even if one fails; returns the first error. */
  function writeWaiting(): unknown {
    let first: unknown = null
    try {
      deps.beforeWrite()
    } catch (error) {
      return error
    }
    for (const name of [...unwritten]) {
      try {
        writeTail(name, tailOf(name))
      } catch (error) {
        first ??= error
      }
    }
    return first
  }

  function flush(): boolean {
    if (timer) clearTimeout(timer)
    timer = null
    if (waitingBytes === 0) return true
    const error = writeWaiting()
    if (error !== null) {
      trouble ??= deps.troubleWords(error)
      flushAfter(retryDelay)
      return false
    }
    if (tails.size > mostTails) tails.clear()
    trouble = null
    return true
  }

  function flushAfter(delay: number): void {
    timer ??= setTimeout(flush, delay).unref()
  }

  function drop(name: string): void {
    waitingBytes -= lengthOf(tails.get(name)?.waiting ?? [])
    tails.delete(name)
    unwritten.delete(name)
  }

  return {
    create(name) {
      tails.set(name, { next: 0, count: 0, size: 0, waiting: [] })
    },
    append(name, text) {
      const tail = tails.get(name) ?? tailOf(name)
      const startsFile = tail.size === 0 && tail.next === 0
      const sealed = sealAll(name, [text], tail.next, startsFile)
      tail.next += 1
      if (waitingBytes + sealed.length <= mostWaiting) {
        tail.waiting.push(sealed)
        unwritten.add(name)
        waitingBytes += sealed.length
      }
      flushAfter(writeDelay)
    },
    skip(name) {
      const tail = tails.get(name) ?? tailOf(name)
      tail.next += 1
    },
    flush,
    write(name, texts) {
      deps.beforeWrite()
      const tail = tailOf(name)
      writeTail(name, tail)
      const bytes = sealAll(name, texts, tail.next, tail.size === 0)
      folder.append(placeOf(name), tail.size, bytes)
      tail.next += texts.length
      tail.count += texts.length
      tail.size += bytes.length
      return { count: tail.count, next: tail.next }
    },
    sync: (name) => folder.sync(placeOf(name)),
    read(name) {
      const content = contentOf(name)
      return content && readLog(deps.cipher(), name, content)
    },
    readEnd(name, bytes) {
      const content = contentOf(name, bytes)
      return content === null ? [] : readLog(deps.cipher(), name, content).lines
    },
    replace(name, texts) {
      deps.beforeWrite()
      const { next } = tailOf(name)
      const bytes = sealAll(name, texts, next, true)
      folder.replace(placeOf(name), bytes)
      drop(name)
      tails.set(name, { next: next + texts.length, count: texts.length, size: bytes.length, waiting: [] })
    },
    remove(name) {
      deps.beforeWrite()
      drop(name)
      folder.remove(placeOf(name))
    },
    list: (subfolder) => folder.list(placeOf(subfolder)),
    sizeOf: (name) => lengthOf(tails.get(name)?.waiting ?? []) + folder.sizeOf(placeOf(name)),
    trouble: () => trouble,
    forget() {
      try {
        flush()
      } catch {
        // Locked already: file names depend on the vault.
      }
      if (timer) clearTimeout(timer)
      timer = null
      tails.clear()
      unwritten.clear()
      waitingBytes = 0
      trouble = null
    },
  }
}

const lengthOf = (parts: readonly Buffer[]) => parts.reduce((sum, { length }) => sum + length, 0)
