// The ways to the data key: the system's keychain, or a passphrase. Owns how a slot is made and opened; refuses to make a
// keychain slot that the keychain does not give back at once, since a vault behind it would be lost on the next start.
import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import type { KeySlot } from '../../contract/vault.ts'
import { type Keychain, KeychainError } from '../ports.ts'
import { problem } from '../problem.ts'
import { Secret } from '../secret.ts'
import type { DocumentSlot, KeychainSlot, PassphraseSlot } from './document.ts'
import { mostRounds, withDerivedKey } from './passphrase.ts'
import { openBytesWithPassphrase } from './passphrase-jwe.ts'
import { sealUnder, unsealUnder } from './sealing.ts'

/**
 * What a passphrase slot says of its derivation. The derived key seals directly (`dir`) rather than by PBES2 with key
 * wrapping: Electron's cryptography has been without AES-KW for most of its releases.
 */
const derivationSchema = z.object({
  kdf: z.literal('PBKDF2-HS512'),
  p2s: z.string().min(22),
  p2c: z.number().int().min(1).max(mostRounds),
  /** When the person set it (s). @see https://www.rfc-editor.org/rfc/rfc7519#section-4.1.6 */
  iat: z.number().int().nonnegative().optional(),
})

/** As it was at first: PBES2 with key wrapping. It is opened with the passphrase, and made anew at that moment. */
const firstDerivationSchema = z.object({
  alg: z.literal('PBES2-HS512+A256KW'),
  p2s: z.string().min(11),
  p2c: z.number().int().min(1).max(mostRounds),
  iat: z.undefined().optional(),
})

export const passphraseLabel = 'Passphrase'

/** Hands the key to the keychain and reads it back; throws KeychainError. */
export async function makeKeychainSlot(keychain: Keychain, key: Uint8Array, vaultId: string): Promise<KeychainSlot> {
  const label = await keychain.backend()
  const sealed = await keychain.seal(new Secret(asText(key)), vaultId)
  const slot: KeychainSlot = { id: randomUUID(), kind: 'keychain', keychain: keychain.id, label, sealed }
  const again = await openKeychainSlot(keychain, slot, vaultId)
  const same = again.length === key.length && timingSafeEqual(again, key)
  again.fill(0)
  if (!same) {
    throw new KeychainError('refused', `${label} did not give back what was put into it.`)
  }
  return slot
}

/** The key as the keychain gives it, still to be checked against the vault; throws KeychainError. */
export async function openKeychainSlot(keychain: Keychain, slot: KeychainSlot, vaultId: string): Promise<Uint8Array> {
  const text = await keychain.open(slot.sealed, vaultId)
  const pooled = Buffer.from(text.reveal(), 'base64url')
  const key = Uint8Array.from(pooled)
  pooled.fill(0)
  return key
}

/** The bytes in base64url, without another copy of them. */
function asText(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('base64url')
}

/** Seals the key with one derived slowly from the passphrase, which the person set at `setAt` (ms), where that is known. */
export async function makePassphraseSlot(
  passphrase: Secret,
  key: Uint8Array,
  setAt: number | null,
  rounds: number,
): Promise<PassphraseSlot> {
  const salt = randomBytes(16)
  const iat = setAt === null ? {} : { iat: Math.floor(setAt / 1000) }
  const derivation = { kdf: 'PBKDF2-HS512', p2s: salt.toString('base64url'), p2c: rounds, ...iat }
  const jwe = await withDerivedKey(passphrase, salt, rounds, (derived) =>
    sealUnder(derived, derivation, Uint8Array.from(key)),
  )
  return { id: randomUUID(), kind: 'passphrase', jwe }
}

/** Whether it was made otherwise, or with fewer rounds, than a new slot is. Throws `vault_broken`. */
export function isOutdated(slot: PassphraseSlot, rounds: number): boolean {
  const derivation = derivationOf(slot)
  return 'alg' in derivation || derivation.p2c < rounds
}

/** When the person set the passphrase (ms), where that was written down. */
export function passphraseSetAt(slot: PassphraseSlot): number | null {
  const { iat } = derivationOf(slot)
  return iat === undefined ? null : iat * 1000
}

/** Another version's slot must not read as a wrong passphrase. Throws `vault_broken`. */
function derivationOf(slot: PassphraseSlot) {
  try {
    return z.union([firstDerivationSchema, derivationSchema]).parse(decodeProtectedHeader(slot.jwe))
  } catch {
    throw problem(
      'vault_broken',
      'The passphrase’s entry in the vault is damaged, or was made by another version of Grantdesk.',
      'Open the vault with the version that made it; nothing was changed.',
    )
  }
}

/**
 * The key, still to be checked against the vault, or `null` where the passphrase is another one or the slot was tampered
 * with: the two look alike. Throws `vault_broken` where the slot is not of a kind we know.
 */
export async function openPassphraseSlot(passphrase: Secret, slot: PassphraseSlot): Promise<Uint8Array | null> {
  const derivation = derivationOf(slot)
  try {
    if ('alg' in derivation) return await openBytesWithPassphrase(slot.jwe, passphrase)
    const { p2s, p2c } = derivation
    return await withDerivedKey(
      passphrase,
      Buffer.from(p2s, 'base64url'),
      p2c,
      (derived) => unsealUnder(derived, slot.jwe).plaintext,
    )
  } catch {
    return null
  }
}

/**
 * The slots as a caller may see them; `openable` says whether this host has that slot's mechanism, and `today` what its
 * keychain is called since it was last asked.
 */
export function viewSlots(slots: DocumentSlot[], keychain: Keychain | null, today: string | null): KeySlot[] {
  return slots.map((slot) => {
    if (slot.kind === 'passphrase') {
      return { kind: 'passphrase', id: slot.id, label: passphraseLabel, ...derivationWords(slot) }
    }
    const openable = slot.keychain === keychain?.id
    const label = (openable && today) || slot.label
    const renamed = label === slot.label ? {} : { madeWith: slot.label }
    return { kind: 'keychain', id: slot.id, label, openable, ...renamed }
  })
}

/** A damaged slot is still shown, since it can be removed. */
function derivationWords(slot: PassphraseSlot): { derivation: string | null; setAt: number | null } {
  try {
    const words = `PBKDF2-HMAC-SHA512, ${derivationOf(slot).p2c.toLocaleString('en')} rounds`
    return { derivation: words, setAt: passphraseSetAt(slot) }
  } catch {
    return { derivation: null, setAt: null }
  }
}
