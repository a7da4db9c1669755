// Key slots: each unlocks the data key with the system's keychain or a passphrase. A new keychain slot is read back right away,
// because a vault whose keychain does not return the key would be lost at the next start.
import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import { lazyObject } from '../../contract/lazy-schema.ts'
import type { KeySlot } from '../../contract/vault.ts'
import { type Keychain, KeychainError } from '../ports.ts'
import { problem } from '../problem.ts'
import { Secret } from '../secret.ts'
import type { DocumentSlot, KeychainSlot, PassphraseSlot } from './document.ts'
import { mostRounds, withDerivedKey } from './passphrase.ts'
import { openBytesWithPassphrase } from './passphrase-jwe.ts'
import { sealUnder, unsealUnder } from './sealing.ts'

/**
 * A passphrase slot's key derivation. The derived key encrypts directly (`dir`) rather than by PBES2 with key wrapping, because
 * most releases of Electron lack AES-KW.
 */
const derivationSchema = lazyObject(() => ({
  kdf: z.literal('PBKDF2-HS512'),
  p2s: z.string().min(22),
  p2c: z.number().int().min(1).max(mostRounds),
  /** When the person set it (s). @see https://www.rfc-editor.org/rfc/rfc7519#section-4.1.6 */
  iat: z.number().int().nonnegative().optional(),
}))

/** The original format: PBES2 with key wrapping. Replaced when it is opened with the passphrase. */
const firstDerivationSchema = lazyObject(() => ({
  alg: z.literal('PBES2-HS512+A256KW'),
  p2s: z.string().min(11),
  p2c: z.number().int().min(1).max(mostRounds),
  iat: z.undefined().optional(),
}))

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

/** The keychain's key, not yet checked against the vault; throws KeychainError. */
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

/** Encrypts the key with one derived from the passphrase, which the person set at `setAt` (ms), if known. */
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

/** Whether it has another format, or fewer rounds, than a new slot. Throws `vault_broken`. */
export function isOutdated(slot: PassphraseSlot, rounds: number): boolean {
  const derivation = derivationOf(slot)
  return 'alg' in derivation || derivation.p2c < rounds
}

/** When the person set the passphrase (ms), if known. */
export function passphraseSetAt(slot: PassphraseSlot): number | null {
  const { iat } = derivationOf(slot)
  return iat === undefined ? null : iat * 1000
}

/** Throws `vault_broken` for another version's slot, which must not look like a wrong passphrase. */
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
 * The key, not yet checked against the vault, or `null` if the passphrase is wrong or the slot was tampered with, which look
 * the same. Throws `vault_broken` for an unknown kind of slot.
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
 * The slots as callers see them; `openable` says whether this host has the slot's mechanism, `today` is the keychain's current
 * name.
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

/** A damaged slot is still shown, so that it can be removed. */
function derivationWords(slot: PassphraseSlot): { derivation: string | null; setAt: number | null } {
  try {
    const words = `PBKDF2-HMAC-SHA512, ${derivationOf(slot).p2c.toLocaleString('en')} rounds`
    return { derivation: words, setAt: passphraseSetAt(slot) }
  } catch {
    return { derivation: null, setAt: null }
  }
}
