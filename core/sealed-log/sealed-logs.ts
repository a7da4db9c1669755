// Files that only grow, each line sealed: what the application writes down without end and must not rewrite whole. Owns the
// order of what is written, and what waits until the disk takes it; refuses to add anything once the vault is locked.
import type { LogFolder } from '../ports.ts'
import type { LineCipher } from './line-cipher.ts'
import { endOfLog, type LogContent, lineText, readLog } from './log-text.ts'

export interface SealedLogs {
  /** Begins a file that is not there yet. */
  create(name: string): void
  /** Adds a line without waiting for the disk. Throws `vault_locked`. */
  append(name: string, text: string): void
  /** Leaves a line out, which is told as missing where the file is read. */
  skip(name: string): void
  /** Writes what was appended; answers whether nothing waits any more. What cannot be written now is tried again. */
  flush(): boolean
  /**
   * Adds lines at once; throws the system's error where it cannot, and then nothing was added. Answers how many lines the
   * file holds, and the number of the next one.
   */
  write(name: string, texts: readonly string[]): { count: number; next: number }
  /** Returns when what was written lies on the disk itself. */
  sync(name: string): Promise<void>
  /** What can be read of a file, with what waits to be written; `null` where there is none. */
  read(name: string): LogContent | null
  /** The lines in so many bytes of the end of a file. */
  readEnd(name: string, bytes: number): LogContent['lines']
  /** Puts other lines in the place of all that are there, at once or not at all. */
  replace(name: string, texts: readonly string[]): void
  remove(name: string): void
  /** The names of the files in a folder. */
  list(folder: string): string[]
  /** Of a file on disk. */
  sizeOf(name: string): number
  /** Why what was appended cannot be written now, in words; `null` where it can. */
  trouble(): string | null
  /** Writes what waits as far as it can, and drops the rest, when the vault locks. */
  forget(): void
}

export interface SealedLogsDeps {
  folder: LogFolder
  /** Throws `vault_locked` while no key is in memory. */
  cipher(): LineCipher
  /** Called before each write; throws where another host may have the vault. */
  beforeWrite(): void
  /** Why what was appended cannot be written, in words for the person; told once each time that it begins. */
  troubleWords(error: unknown): string
}

interface Tail {
  /** The number of the next line. */
  next: number
  /** Lines and bytes on disk. */
  count: number
  size: number
  /** Sealed lines that are not on disk yet. */
  waiting: Buffer[]
}

/** Files whose ends are remembered; of others they are looked up again. */
const mostTails = 2_000
/** Events come in bursts; a burst is one write (ms). */
const writeDelay = 200
/** Between two attempts to write what could not be written (ms). */
const retryDelay = 2_000
/** Bytes that wait for a disk that takes nothing; lines beyond are lost, and are told as missing where the file is read. */
const mostWaiting = 8 * 1024 * 1024

export function createSealedLogs(deps: SealedLogsDeps): SealedLogs {
  const { folder } = deps
  const tails = new Map<string, Tail>()
  /** The files of which lines wait. */
  const unwritten = new Set<string>()
  let waitingBytes = 0
  let trouble: string | null = null
  let timer: NodeJS.Timeout | null = null

  /** Files of one vault lie in a folder of their own: another vault's could not be opened with this key. */
  const placeOf = (name: string) => `${deps.cipher().vaultId}/${name}`

  function sealAll(name: string, texts: readonly string[], from: number, startsFile: boolean): Buffer {
    const cipher = deps.cipher()
    const lines = texts.map((text, at) => {
      const number = from + at
      return lineText(number, cipher.seal({ file: name, number, isFirst: startsFile && at === 0 }, text))
    })
    return Buffer.from(lines.join(''), 'latin1')
  }

  /** Where the next line goes. Another process may have written since: then the file is looked at again. */
  function tailOf(name: string): Tail {
    const known = tails.get(name)
    if (known && (known.waiting.length > 0 || known.size === folder.sizeOf(placeOf(name)))) return known
    const content = folder.read(placeOf(name)) ?? Buffer.alloc(0)
    const { bytes: size, ...end } = endOfLog(deps.cipher(), name, content)
    const tail: Tail = { ...end, size, waiting: [] }
    tails.set(name, tail)
    return tail
  }

  /** What is on disk, all or the end of it, and what waits to be written. */
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

  /** A file that cannot be written keeps no other from it; answers the first trouble. */
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
    for (const { length } of tails.get(name)?.waiting ?? []) waitingBytes -= length
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
    sizeOf: (name) => folder.sizeOf(placeOf(name)),
    trouble: () => trouble,
    forget() {
      try {
        flush()
      } catch {
        // Locked already: the names of the files belong to the vault.
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
