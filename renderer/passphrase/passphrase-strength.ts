// How hard a new passphrase is to guess for somebody who has the file, in words and on a bar of three. Pure.
import { shortestPassphrase } from '../../contract/vault.ts'

export interface Strength {
  /** How much of the bar is filled. */
  level: 0 | 1 | 2 | 3
  words: string
}

/**
 * Powers of ten. Each guess costs one slow key derivation: at a hundred thousand in a second, 10^10 last a day and 10^14 some
 * thirty years.
 */
const fairFrom = 10
const strongFrom = 14

/** `guesses` (a power of ten) as far as they are known: `null` while they are being counted, `unknown` where they cannot be. */
export function passphraseStrength(passphrase: string, guesses: number | 'unknown' | null): Strength {
  if (passphrase === '')
    return { level: 0, words: `At least ${shortestPassphrase} characters; several words are best.` }
  if ([...passphrase].length < shortestPassphrase) {
    return { level: 0, words: `Too short: at least ${shortestPassphrase} characters.` }
  }
  if (guesses === null) return { level: 0, words: '' }
  if (guesses === 'unknown') return { level: 0, words: 'How strong it is cannot be told now. Several words are best.' }
  if (guesses < fairFrom)
    return { level: 1, words: 'Weak: quick to guess for somebody who has the file. More words help most.' }
  if (guesses < strongFrom) return { level: 2, words: 'Fair: would take somebody real effort.' }
  return { level: 3, words: 'Strong.' }
}
