// The keys in what a terminal in raw mode sends: single characters, and what was pasted. Arrow keys and the like are left out;
// what comes in pieces is put together.

export type Key = { kind: 'key'; key: string } | { kind: 'pasted'; text: string } | { kind: 'paste_end' }

export interface KeyReader {
  /** What has come and is not read yet. */
  readonly rest: string
  clear(): void
  add(chunk: string): void
  /** The next one; `null` until more has come. */
  next(): Key | null
}

/** Tells the terminal to mark what is pasted, so that a line break in it is no Enter. */
export const markPastes = { on: '\u001b[?2004h', off: '\u001b[?2004l' }

const pasteBegins = '\u001b[200~'
const pasteEnds = '\u001b[201~'

// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with one
const escapeSequence = /^\u001b(?:\[[0-9;?]*[ -/]*[@-~]|O[\s\S]|[^[O\u0000-\u001f\u007f]|)/
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same, while the rest is still to come
const begunSequence = /^\u001b(?:\[[0-9;?]*[ -/]*|O)?$/

export function createKeyReader(): KeyReader {
  let left = ''
  let pasting = false

  /** Up to the end of the paste; what may be that end's beginning waits. */
  function nextPasted(): Key | null {
    const end = left.indexOf(pasteEnds)
    if (end === 0) {
      pasting = false
      left = left.slice(pasteEnds.length)
      return { kind: 'paste_end' }
    }
    const length = end < 0 ? left.length - lengthOfBeginning(left, pasteEnds) : end
    if (length === 0) return null
    const text = left.slice(0, length)
    left = left.slice(length)
    return { kind: 'pasted', text }
  }

  /** Whether the beginning was no key of its own, and is left out. */
  function skip(): boolean {
    const begins = left.startsWith(pasteBegins)
    if (begins) pasting = true
    const length = begins ? pasteBegins.length : (escapeSequence.exec(left)?.[0].length ?? 0)
    left = left.slice(length)
    return length > 0
  }

  return {
    get rest() {
      return left
    },
    clear() {
      left = ''
    },
    add(chunk) {
      // Ctrl-C by itself is a key, also where the end of a paste never comes.
      if (pasting && chunk === '\u0003') {
        pasting = false
        left = ''
      }
      left += chunk
    },
    next() {
      while (!pasting && !begunSequence.test(left) && skip());
      if (pasting) return nextPasted()
      if (left === '' || begunSequence.test(left)) return null
      const key = String.fromCodePoint(left.codePointAt(0) ?? 0)
      left = left.slice(key.length)
      return { kind: 'key', key }
    },
  }
}

/** How much of the end of `text` may be the beginning of `sequence`. */
function lengthOfBeginning(text: string, sequence: string): number {
  for (let length = Math.min(sequence.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(sequence.slice(0, length))) return length
  }
  return 0
}
