// Removes known secrets from a text that comes in pieces, of any length and with bounded memory: holds back what could be the
// beginning of a secret.
import { longestPattern } from './secret-pattern.ts'

/** Where a known secret stands, in whichever spelling, and what is shown there. Ordered, and none within another. */
export interface Found {
  start: number
  end: number
  shown: string
}

/** One character of a secret is spelled with at most so many: percent-encoded escapes of four bytes. */
const longestSpelling = 32
/** Characters that no spelling of a secret's looked-for part is longer than: so much is held back. */
const reach = longestPattern * longestSpelling
/** A find that goes on for longer is cut: a hostile answer must not fill the memory. */
const longestFind = 256 * 1024
/** The rest of a token that is longer than what is looked for, as in its pattern. */
const restOfToken = /^(?:[^\s"'<>&\\]|\\+[/u])+/

export interface StreamRedactor {
  /** What is certain by now. */
  write(text: string): string
  /** What was held back. */
  end(): string
}

/** `find` answers where secrets stand in a text. */
export function createStreamRedactor(find: (text: string) => Found[]): StreamRedactor {
  let held = ''
  /** What was cut off is gone over until it ends. */
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
