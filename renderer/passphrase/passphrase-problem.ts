// Why a new passphrase is not accepted. Pure.
import { shortestPassphrase } from '../../contract/vault.ts'

/** Why a new passphrase will not do, or `null`. */
export function passphraseProblem(first: string, second: string): string | null {
  if (first.length < shortestPassphrase) return `At least ${shortestPassphrase} characters.`
  return first === second ? null : 'The two passphrases differ.'
}
