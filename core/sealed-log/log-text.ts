// A log's format on disk: `NUMBER CIPHERTEXT` on each line. From a file that was truncated, damaged or tampered with, reads
// every intact line in order, and counts the missing ones. Pure.
import { type LineCipher, sealedLength } from './line-cipher.ts'

export interface LogContent {
  lines: { number: number; text: string }[]
  /** Lines that were damaged, removed or moved. */
  missing: number
  /** Whether the file ends in mid-line, because the process was killed or the disk was full. */
  isTorn: boolean
  /** Up to the last whole line. */
  bytes: number
}

/** Where to append to a log. */
export interface LogEnd {
  /** The number of the next line. */
  next: number
  /** Complete lines, readable or not. */
  count: number
  /** Up to the last whole line. */
  bytes: number
}

const newline = 0x0a
/** Longer numbers are damage: no file has that many lines. */
const longestNumber = 12

export function lineText(number: number, sealed: string): string {
  return `${number} ${sealed}\n`
}

/** The bytes of the line that `text` is sealed in. */
export function lineBytes(number: number, text: string): number {
  return lineText(number, '').length + sealedLength(Buffer.byteLength(text))
}

/** Reads what is intact in the bytes of `file`. */
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

/** Where to append to `file`; decrypts only as many lines as necessary. */
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
