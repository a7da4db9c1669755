// A log as it lies on disk: `NUMBER SEALED` on each line. Owns what is read out of a file that was cut short, damaged or
// meddled with: every line that is whole and stands in its order, and how much is missing. Pure.
import type { LineCipher } from './line-cipher.ts'

export interface LogContent {
  lines: { number: number; text: string }[]
  /** Lines that were damaged, taken out or moved. */
  missing: number
  /** Whether the file ended within a line: a process was killed, or the disk was full, while it was written. */
  isTorn: boolean
  /** Up to the last whole line. */
  bytes: number
}

/** Where a log goes on. */
export interface LogEnd {
  /** The number of the line that comes next. */
  next: number
  /** Whole lines, whether or not they can be read. */
  count: number
  /** Up to the last whole line. */
  bytes: number
}

const newline = 0x0a
/** A number beyond is damage: nothing writes so many lines. */
const longestNumber = 12

export function lineText(number: number, sealed: string): string {
  return `${number} ${sealed}\n`
}

/** What can be read of the bytes of `file`. */
export function readLog(cipher: LineCipher, file: string, content: Buffer): LogContent {
  const bytes = content.lastIndexOf(newline) + 1
  const whole = content.subarray(0, bytes).toString('latin1').split('\n').slice(0, -1)
  const lines: LogContent['lines'] = []
  let [unread, sinceLast] = [0, 0]
  let hasBeginning = false
  for (const line of whole) {
    const { number, sealed } = partsOf(line)
    const isNext = number !== null && number > (lines.at(-1)?.number ?? -1)
    const opened = isNext ? openLine(cipher, file, number, lines.length === 0 && unread === 0, sealed) : null
    if (number === null || opened === null) {
      unread += 1
      sinceLast += 1
      continue
    }
    if (opened.isFirst) hasBeginning = true
    lines.push({ number, text: opened.text })
    sinceLast = 0
  }
  const [first, last] = [lines[0]?.number ?? 0, lines.at(-1)?.number ?? -1]
  const gaps = lines.length === 0 ? 0 : last - first + 1 - lines.length
  const beginning = lines.length > 0 && !hasBeginning ? 1 : 0
  return {
    lines,
    missing: gaps + beginning + sinceLast,
    isTorn: bytes < content.length,
    bytes,
  }
}

/** Where the bytes of `file` go on; opens no more lines than it takes to know that. */
export function endOfLog(cipher: LineCipher, file: string, content: Buffer): LogEnd {
  const bytes = content.lastIndexOf(newline) + 1
  const whole = content.subarray(0, bytes).toString('latin1').split('\n').slice(0, -1)
  const last = whole.findLastIndex((line) => {
    const { number, sealed } = partsOf(line)
    return number !== null && openLine(cipher, file, number, true, sealed) !== null
  })
  const number = partsOf(whole[last] ?? '').number ?? -1
  return { next: number + whole.length - last, count: whole.length, bytes }
}

function partsOf(line: string): { number: number | null; sealed: string } {
  const [, digits = '', sealed = ''] = /^(\d+) ([\w-]+)$/.exec(line) ?? []
  return { number: digits === '' || digits.length > longestNumber ? null : Number(digits), sealed }
}

function openLine(cipher: LineCipher, file: string, number: number, mayBeFirst: boolean, sealed: string) {
  for (const isFirst of mayBeFirst ? [true, false] : [false]) {
    const text = cipher.open({ file, number, isFirst }, sealed)
    if (text !== null) return { text, isFirst }
  }
  return null
}
