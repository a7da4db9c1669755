// Gets the data key of an existing vault, or makes a new one: which slots are tried, and the message if none fits. Rejects a key
// that does not pass the vault's own check.
import { randomFillSync, randomUUID } from 'node:crypto'
import type { VaultStatus } from '../../contract/vault.ts'
import { type Keychain, KeychainError } from '../ports.ts'
import type { Secret } from '../secret.ts'
import { type DocumentSlot, emptyDocument, type VaultDocument } from './document.ts'
import { openKeychainSlot, openPassphraseSlot, passphraseLabel } from './key-slots.ts'
import { dataKeyLength, fitsVault, sealCheck } from './sealing.ts'
import { emptyVersionList } from './version-list.ts'

type LockReason = Extract<VaultStatus, { state: 'locked' }>['reason']
export type Made = { key: Uint8Array; document: VaultDocument }
export type Opened = { key: Uint8Array; openedWith: string }
export type LockCause = { reason: LockReason; why: string }

export const passphraseNeeded: LockCause = {
  reason: 'passphrase_needed',
  why: 'This vault opens with its passphrase.',
}

/** Tries the slots of this host's own keychain. */
export async function openByKeychain(document: VaultDocument, keychain: Keychain | null): Promise<Opened | LockCause> {
  const slots = document.slots.filter((slot) => slot.kind === 'keychain')
  if (slots.length === 0) return passphraseNeeded

  const labels = slots.map((slot) => slot.label).join(' or ')
  let locked: LockCause = {
    reason: 'keychain_unavailable',
    why: `This vault opens with ${labels}, which Grantdesk cannot reach in this way of running.`,
  }
  if (keychain === null) return locked
  for (const slot of slots.filter((candidate) => candidate.keychain === keychain.id)) {
    try {
      const key = await openKeychainSlot(keychain, slot, document.vaultId)
      if (fitsVault(key, document)) return { key, openedWith: await nameNow(keychain, slot.label) }
      key.fill(0)
      locked = { reason: 'keychain_unavailable', why: `The key that ${slot.label} gave does not open this vault.` }
    } catch (error) {
      if (!(error instanceof KeychainError)) throw error
      locked = await refusedBy(keychain, error, slot.label)
    }
  }
  return locked
}

/** What the vault is said to be opened with. */
async function nameNow(keychain: Keychain, label: string): Promise<string> {
  if (keychain.slotNameWillDo) return label
  return (await nameToday(keychain)) ?? label
}

/** The keychain's current name, which may have changed since the slot was made; `null` if there is none. */
function nameToday(keychain: Keychain): Promise<string | null> {
  return keychain.backend().catch(() => null)
}

/** Explains a keychain's refusal: if the key was stored in another keychain, says which one. */
async function refusedBy(keychain: Keychain, error: KeychainError, madeWith: string): Promise<LockCause> {
  if (error.reason === 'locked') return { reason: 'keychain_locked', why: error.message }
  const today = error.reason === 'refused' ? await nameToday(keychain) : null
  const moved = today !== null && today !== madeWith
  const where = ` The key was put into ${madeWith}, and this system uses ${today} now.`
  return { reason: 'keychain_unavailable', why: moved ? `${error.message}${where}` : error.message }
}

/** Tries the passphrase on its slots; `null` if it opens none. */
export async function openByPassphrase(document: VaultDocument, passphrase: Secret): Promise<Opened | null> {
  for (const slot of document.slots) {
    if (slot.kind !== 'passphrase') continue
    const key = await openPassphraseSlot(passphrase, slot)
    if (key !== null && fitsVault(key, document)) return { key, openedWith: passphraseLabel }
    key?.fill(0)
  }
  return null
}

/** A new data key and an empty document with the slot that `makeSlot` makes; writes nothing. */
export async function makeVault(
  createdAt: number,
  makeSlot: (key: Uint8Array, vaultId: string) => Promise<DocumentSlot>,
): Promise<Made> {
  const key = randomFillSync(new Uint8Array(dataKeyLength))
  const vaultId = randomUUID()
  try {
    const slot = await makeSlot(key, vaultId)
    const check = sealCheck(key, vaultId)
    return {
      key,
      document: emptyDocument({ vaultId, createdAt, slots: [slot], check, index: emptyVersionList(key, vaultId) }),
    }
  } catch (error) {
    key.fill(0)
    throw error
  }
}
