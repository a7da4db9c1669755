// Removes known secrets from a text that comes in pieces, of any length and with bounded memory: holds back what could be the
// beginning of a secret.
import { longestPattern } from './secret-pattern.ts'

/** The position of a known secret in any encoding, and its replacement. A list is in order and without overlaps. */
export interface Found {
  start: number
  end: number
  shown: string
}

/** The longest encoding of one character: percent-encoded escapes of four bytes. */
const longestSpelling = 32
/** How many characters are held back: no encoding of the searched part of a secret is longer. */
const reach = longestPattern * longestSpelling
/** A longer match is cut, so that a hostile response cannot fill the memory. */
const longestFind = 256 * 1024
/** The rest of a token that is longer than the searched part, as in its pattern. */
const restOfToken = /^(?:[^\s"'<>&\\]|\\+[/u])+/

export interface StreamRedactor {
  /** Adds a piece of text; returns what is certain by now. */
  write(text: string): string
  /** Returns what was held back. */
  end(): string
}

/** `find` returns the positions of secrets in a text. */
export function createStreamRedactor(find: (text: string) => Found[]): StreamRedactor {
  let held = ''
  /** Whether the rest of a cut match is being skipped. */
  let swallowing = false

  function take(upTo: number, found: Found[]): string {
    let shown = ''
    let at = 0
    for (const { start, end, shown: pseudonym } of found) {
      if (end > upTo) break
      shown += held.slice(at, start) + pseudonym
      at = end
    }
    shown += held.slice(at, upTo)
    held = held.slice(upTo)
    return shown
  }

  function write(text: string): string {
    const more = swallowing ? text.replace(restOfToken, '') : text
    swallowing &&= more === ''
    held += more
    if (held.length <= 2 * reach) return ''
    const found = find(held)
    const wanted = held.length - reach
    const across = found.find(({ start, end }) => start < wanted && end > wanted)
    if (across === undefined) return take(wanted, found)
    if (across.start > 0 || held.length < longestFind) return take(across.start, found)
    held = ''
    swallowing = true
    return across.shown
  }

  return {
    write,
    end: () => take(held.length, find(held)),
  }
}
