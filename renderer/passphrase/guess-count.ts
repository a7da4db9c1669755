// How many guesses a passphrase would take, by zxcvbn's dictionaries. Large: loaded when a new passphrase is to be typed.
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common'
import { dictionary as english } from '@zxcvbn-ts/language-en'

/** What is longer is strong enough, and would take long to look at. */
const maxLength = 100

const estimator = new ZxcvbnFactory({ dictionary: { ...common, ...english }, graphs: adjacencyGraphs, maxLength })

/** Of every kind that the estimator looks for: after it, none of its parts holds what was looked at before. */
const harmless = 'abc qwerty 1111 2001-01-01'

/** The number of guesses as a power of ten. */
export function guessesLog10(passphrase: string): number {
  const { guessesLog10 } = estimator.check(passphrase, ['grantdesk', 'vault', 'token'])
  // It keeps what it looked at last, and a passphrase is not kept longer than its field.
  estimator.check(harmless)
  return guessesLog10
}
