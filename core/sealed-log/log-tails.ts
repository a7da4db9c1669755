// The end of each log: how much of it is on disk, and encrypted lines that are not written yet. Bounds how many bytes wait in
// memory while the disk accepts nothing.
import type { LogFolder } from '../ports.ts'
import type { LogEnd } from './log-text.ts'

export interface Tail {
  /** The number of the next line. */
  next: number
  /** Lines and bytes on disk. */
  count: number
  size: number
  /** Encrypted lines that are not on disk yet. */
  waiting: Buffer[]
}

export interface LogTails {
  /** A log's end. Reads the file again if another process has written since. */
  current(place: string): Tail
  /** A log's end as it is cached; cheaper, for lines that are written later. */
  cached(place: string): Tail
  set(place: string, tail: Omit<Tail, 'waiting'>): void
  drop(place: string): void
  /** Keeps an encrypted line in memory; if too much waits already, the line is lost. */
  wait(place: string, sealed: Buffer): void
  /** Writes a log's waiting lines; throws the system's error. */
  write(place: string): void
  /** The logs with waiting lines. */
  unwritten(): string[]
  /** The size of a log's waiting lines. */
  waitingBytes(place: string): number
  /** Frees memory once nothing waits and many ends are cached. */
  trim(): void
  clear(): void
}

/** How many ends are cached. */
const mostTails = 2_000
/** How many bytes wait for a disk that accepts nothing; further lines are lost and count as missing. */
const mostWaiting = 8 * 1024 * 1024

export function createLogTails(folder: LogFolder, readEnd: (place: string, content: Buffer) => LogEnd): LogTails {
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
  const waitingOf = (place: string) => (tails.get(place)?.waiting ?? []).reduce((sum, { length }) => sum + length, 0)

  return {
    current,
    cached,
    set: (place, tail) => void tails.set(place, { ...tail, waiting: [] }),
    drop(place) {
      waitingBytes -= waitingOf(place)
      tails.delete(place)
      unwritten.delete(place)
    },
    wait(place, sealed) {
      if (waitingBytes + sealed.length > mostWaiting) return
      cached(place).waiting.push(sealed)
      unwritten.add(place)
      waitingBytes += sealed.length
    },
    write(place) {
      const tail = current(place)
      if (tail.waiting.length === 0) return
      const bytes = Buffer.concat(tail.waiting)
      folder.append(place, tail.size, bytes)
      tail.size += bytes.length
      tail.count += tail.waiting.length
      tail.waiting = []
      unwritten.delete(place)
      waitingBytes -= bytes.length
    },
    unwritten: () => [...unwritten],
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
