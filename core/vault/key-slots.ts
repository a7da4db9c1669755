// The ways to the data key: the system's keychain, or a passphrase. Owns how a slot is made and opened; refuses to make a
// keychain slot that the keychain does not give back at once, since a vault behind it would be lost on the next start.
import { randomUUID, timingSafeEqual } from 'node:crypto'
import { CompactEncrypt, compactDecrypt } from 'jose'
import type { KeySlot } from '../../contract/vault.ts'
import { type Keychain, KeychainError } from '../ports.ts'
import { Secret } from '../secret.ts'
import type { DocumentSlot, KeychainSlot, PassphraseSlot } from './document.ts'

/**
 * PBKDF2-HMAC-SHA512 iterations for a new passphrase slot, recorded in its `p2c`: nearly three times the 210,000 that
 * OWASP asks for, and still well under a second. @see RFC 7518 §4.8
 */
const iterations = 600_000
/** A slot that asks for more is not ours: it would only keep the machine busy. */
const mostIterations = 10_000_000

export const passphraseLabel = 'Passphrase'

/** Hands the key to the keychain and reads it back; throws KeychainError. */
export async function makeKeychainSlot(keychain: Keychain, key: Uint8Array, vaultId: string): Promise<KeychainSlot> {
  const label = await keychain.backend()
  const sealed = await keychain.seal(new Secret(Buffer.from(key).toString('base64url')), vaultId)
  const slot: KeychainSlot = { id: randomUUID(), kind: 'keychain', keychain: keychain.id, label, sealed }
  const again = await openKeychainSlot(keychain, slot, vaultId)
  if (again.length !== key.length || !timingSafeEqual(again, key)) {
    throw new KeychainError('refused', `${label} did not give back what was put into it.`)
  }
  return slot
}

/** The key as the keychain gives it, still to be checked against the vault; throws KeychainError. */
export async function openKeychainSlot(keychain: Keychain, slot: KeychainSlot, vaultId: string): Promise<Uint8Array> {
  const key = await keychain.open(slot.sealed, vaultId)
  return new Uint8Array(Buffer.from(key.reveal(), 'base64url'))
}

/** Seals the key with one derived slowly from the passphrase. */
export async function makePassphraseSlot(passphrase: Secret, key: Uint8Array): Promise<PassphraseSlot> {
  const jwe = await new CompactEncrypt(key)
    .setProtectedHeader({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM' })
    .setKeyManagementParameters({ p2c: iterations })
    .encrypt(passwordBytes(passphrase))
  return { id: randomUUID(), kind: 'passphrase', jwe }
}

/**
 * The key, still to be checked against the vault, or `null` where the passphrase is another one or the slot was tampered
 * with: the two look alike.
 */
export async function openPassphraseSlot(passphrase: Secret, slot: PassphraseSlot): Promise<Uint8Array | null> {
  try {
    const { plaintext } = await compactDecrypt(slot.jwe, passwordBytes(passphrase), {
      keyManagementAlgorithms: ['PBES2-HS512+A256KW'],
      contentEncryptionAlgorithms: ['A256GCM'],
      maxPBES2Count: mostIterations,
      maxDecompressedLength: 0,
    })
    return plaintext
  } catch {
    return null
  }
}

/** The slots as a caller may see them; `openable` says whether this host has that slot's mechanism. */
export function viewSlots(slots: DocumentSlot[], keychain: Keychain | null): KeySlot[] {
  return slots.map((slot) =>
    slot.kind === 'passphrase'
      ? { kind: 'passphrase', id: slot.id, label: passphraseLabel }
      : { kind: 'keychain', id: slot.id, label: slot.label, openable: slot.keychain === keychain?.id },
  )
}

/** Two keyboards may spell the same é differently; NFC makes them one passphrase. @see RFC 8265 §4.2 */
function passwordBytes(passphrase: Secret): Uint8Array {
  return new TextEncoder().encode(passphrase.reveal().normalize('NFC'))
}
