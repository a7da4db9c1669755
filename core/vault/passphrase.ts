// A passphrase: how long it has to be, and how slowly a key comes of it. The same for the vault and for a backup.
import { pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'
import { shortestPassphrase } from '../../contract/vault.ts'
import { invalid } from '../problem.ts'
import type { Secret } from '../secret.ts'

/** What asks for more is not ours: it would only keep the machine busy. */
export const mostRounds = 10_000_000

const pbkdf2Async = promisify(pbkdf2)

/**
 * Lends `work` 32 bytes that are derived slowly, and overwrites them when it has ended. Two keyboards may spell the same é
 * differently; NFC makes them one passphrase.
 * @see https://www.rfc-editor.org/rfc/rfc8265#section-4.2
 */
export async function withDerivedKey<T>(
  passphrase: Secret,
  salt: Uint8Array,
  rounds: number,
  work: (derived: Uint8Array) => T | Promise<T>,
): Promise<T> {
  const derived = await pbkdf2Async(passphrase.reveal().normalize('NFC'), salt, rounds, 32, 'sha512')
  try {
    return await work(new Uint8Array(derived.buffer, derived.byteOffset, derived.length))
  } finally {
    derived.fill(0)
  }
}

/** Throws `invalid_input` for a passphrase that is too short. */
export function checkPassphrase(passphrase: Secret): void {
  if ([...passphrase.reveal()].length < shortestPassphrase) {
    throw invalid('passphrase', `A passphrase has at least ${shortestPassphrase} characters.`)
  }
}
