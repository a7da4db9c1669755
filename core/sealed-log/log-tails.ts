// The end of each log: how much of it is on disk, and lines that are not written yet. They are encrypted when they are written, so
// that one which is replaced before costs nothing. Bounds how many bytes wait in memory while the disk accepts nothing.
import type { LogFolder } from '../ports.ts'
import { type LogEnd, lineBytes } from './log-text.ts'

/** A line of a log before it is encrypted. */
export interface OpenLine {
  number: number
  /** Whether the file begins with it. */
  isFirst: boolean
  text: string
}

interface WaitingLine extends OpenLine {
  /** What the line is about, where a later one about the same replaces it. */
  about: string | null
  /** Its bytes on disk. */
  bytes: number
}

export interface Tail {
  /** The number of the next line. */
  next: number
  /** Lines and bytes on disk. */
  count: number
  size: number
  /** Lines that are not on disk yet. */
  waiting: WaitingLine[]
}

export interface LogTails {
  /** A log's end. Reads the file again if another process has written since. */
  current(place: string): Tail
  /** A log's end as it is cached; cheaper, for lines that are written later. */
  cached(place: string): Tail
  set(place: string, tail: Omit<Tail, 'waiting'>): void
  drop(place: string): void
  /**
   * Keeps a line in memory, in place of one about the same that still waits; if too much waits already, it is lost and counts as
   * missing.
   */
  wait(place: string, text: string, about: string | null): void
  /** Writes a log's waiting lines; throws the system's error. */
  write(place: string): void
  /** The logs with waiting lines. */
  unwritten(): string[]
  /** A log's waiting lines, encrypted. */
  waiting(place: string): Buffer
  /** The size of a log's waiting lines on disk. */
  waitingBytes(place: string): number
  /** Frees memory once nothing waits and many ends are cached. */
  trim(): void
  clear(): void
}

/** How many ends are cached. */
const mostTails = 2_000
/** How many bytes wait for a disk that accepts nothing; further lines are lost. */
const mostWaiting = 8 * 1024 * 1024

/** What the tails need to read and write lines. */
export interface LineAccess {
  readEnd(place: string, content: Buffer): LogEnd
  /** The lines as they are stored. */
  seal(place: string, lines: readonly OpenLine[]): Buffer
}

export function createLogTails(folder: LogFolder, { readEnd, seal }: LineAccess): LogTails {
  const tails = new Map<string, Tail>()
  const unwritten = new Set<string>()
  let waitingBytes = 0

  function current(place: string): Tail {
    const known = tails.get(place)
    if (known && (known.waiting.length > 0 || known.size === folder.sizeOf(place))) return known
    const { bytes: size, ...end } = readEnd(place, folder.read(place) ?? Buffer.alloc(0))
    const tail: Tail = { ...end, size, waiting: [] }
    tails.set(place, tail)
    return tail
  }

  const cached = (place: string) => tails.get(place) ?? current(place)
  const waitingOf = (place: string) => (tails.get(place)?.waiting ?? []).reduce((sum, { bytes }) => sum + bytes, 0)

  function replace(line: WaitingLine, text: string): void {
    const bytes = lineBytes(line.number, text)
    waitingBytes += bytes - line.bytes
    Object.assign(line, { text, bytes })
  }

  return {
    current,
    cached,
    set: (place, tail) => void tails.set(place, { ...tail, waiting: [] }),
    drop(place) {
      waitingBytes -= waitingOf(place)
      tails.delete(place)
      unwritten.delete(place)
    },
    wait(place, text, about) {
      const tail = cached(place)
      const replaced = about === null ? undefined : tail.waiting.find((line) => line.about === about)
      if (replaced) return replace(replaced, text)
      const [number, isFirst] = [tail.next, tail.size === 0 && tail.next === 0]
      const bytes = lineBytes(number, text)
      tail.next += 1
      if (waitingBytes + bytes > mostWaiting) return
      tail.waiting.push({ number, isFirst, text, about, bytes })
      unwritten.add(place)
      waitingBytes += bytes
    },
    write(place) {
      const tail = current(place)
      if (tail.waiting.length === 0) return
      const bytes = seal(place, tail.waiting)
      folder.append(place, tail.size, bytes)
      tail.size += bytes.length
      tail.count += tail.waiting.length
      tail.waiting = []
      unwritten.delete(place)
      waitingBytes -= bytes.length
    },
    unwritten: () => [...unwritten],
    waiting: (place) => seal(place, tails.get(place)?.waiting ?? []),
    waitingBytes: waitingOf,
    trim() {
      if (unwritten.size === 0 && tails.size > mostTails) tails.clear()
    },
    clear() {
      tails.clear()
      unwritten.clear()
      waitingBytes = 0
    },
  }
}
