// How many guesses a passphrase would take, by zxcvbn's dictionaries. Large: loaded when a new passphrase is to be typed.
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common'
import { dictionary as english } from '@zxcvbn-ts/language-en'

/** What is longer is strong enough, and would take long to look at. */
const maxLength = 100

const estimator = new ZxcvbnFactory({ dictionary: { ...common, ...english }, graphs: adjacencyGraphs, maxLength })

/** The number of guesses as a power of ten. */
export function guessesLog10(passphrase: string): number {
  return estimator.check(passphrase, ['grantdesk', 'vault', 'token']).guessesLog10
}
