// How hard a new passphrase is to guess, as a hint beside its field. A rough estimate that errs towards weak: it knows no
// dictionary, so it counts words rather than letters where there are words, and what repeats counts once.
import { shortestPassphrase } from '../../contract/vault.ts'

export interface Strength {
  /** 0 to 3: how much of the bar is filled. */
  level: 0 | 1 | 2 | 3
  words: string
}

const classes: [pattern: RegExp, size: number][] = [
  [/\p{Ll}/u, 26],
  [/\p{Lu}/u, 26],
  [/\p{Nd}/u, 10],
  [/[^\p{L}\p{Nd}\s]/u, 32],
]

/** Bits for a word somebody may have chosen from a list of some thousand. */
const bitsPerWord = 11

/** Runs of one character, and of neighbours such as `abcd` or `4321`, count as two characters. */
function withoutRuns(text: string): string {
  const kept: string[] = []
  let step = Number.NaN
  for (const mark of text) {
    const last = kept.at(-1)
    const next = last === undefined ? Number.NaN : (mark.codePointAt(0) ?? 0) - (last.codePointAt(0) ?? 0)
    if (Math.abs(next) <= 1 && next === step) kept[kept.length - 1] = mark
    else kept.push(mark)
    step = next
  }
  return kept.join('')
}

function bitsOf(passphrase: string): number {
  const words = new Set(
    passphrase
      .toLowerCase()
      .split(/[\s\-_.,]+/u)
      .filter(Boolean),
  )
  const text = withoutRuns(passphrase)
  const alphabet = classes.reduce((sum, [pattern, size]) => sum + (pattern.test(passphrase) ? size : 0), 0)
  // Few different characters are few to guess, however long the text is.
  const different = new Set(text).size
  const letters = Math.min([...text].length, different * 2) * Math.log2(Math.max(2, alphabet))
  const onlyLetters = /^[\p{L}\s\-_.,]+$/u.test(passphrase)
  return onlyLetters ? Math.min(letters, Math.max(words.size, [...passphrase].length / 8) * bitsPerWord * 1.2) : letters
}

/** The hint for a passphrase as far as it is typed. */
export function passphraseStrength(passphrase: string): Strength {
  if (passphrase === '')
    return { level: 0, words: `At least ${shortestPassphrase} characters; several words are best.` }
  if ([...passphrase].length < shortestPassphrase) {
    return { level: 0, words: `Too short: at least ${shortestPassphrase} characters.` }
  }
  const bits = bitsOf(passphrase)
  if (bits < 40) return { level: 1, words: 'Weak: quick to guess for whoever has the file. More words help most.' }
  if (bits < 60) return { level: 2, words: 'Fair: would take somebody real effort.' }
  return { level: 3, words: 'Strong.' }
}
