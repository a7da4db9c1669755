// Gets the data key of an existing vault, or makes a new one: which slots are tried, and the message if none fits. Rejects a key
// that does not pass the vault's own check. Where a slot or the check is damaged, takes the slot of the last good copy, or what
// else the key opens, and says so: one changed character must not look like a wrong passphrase.
import { randomFillSync, randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { VaultStatus } from '../../contract/vault.ts'
import { type Keychain, KeychainError } from '../ports.ts'
import { ifDamaged } from '../problem.ts'
import type { Secret } from '../secret.ts'
import { type DocumentSlot, emptyDocument, type VaultDocument } from './document.ts'
import { openKeychainSlot, openPassphraseSlot, passphraseLabel } from './key-slots.ts'
import { dataKeyLength, fitsVault, opens, sealCheck } from './sealing.ts'
import { StringTable } from './string-table.ts'
import { emptyVersionList, listPlace } from './version-list.ts'

type LockReason = Extract<VaultStatus, { state: 'locked' }>['reason']
export type Made = { key: Uint8Array; document: VaultDocument }
export type Opened = {
  key: Uint8Array
  openedWith: string
  /** Where a slot was damaged: all slots, with that of the copy. */
  slots?: DocumentSlot[]
  /** What of the file was damaged, and is whole with the next save: `check:…`, `slot:…`. */
  damaged?: string[]
}
type ReadCopy = () => VaultDocument | null
export type LockCause = { reason: LockReason; why: string }

export const passphraseNeeded: LockCause = {
  reason: 'passphrase_needed',
  why: 'This vault opens with its passphrase.',
}

/** The file's slots, then those of the copy that differ from them: one of the two is damaged. */
function* slotsToTry(document: VaultDocument, copy: ReadCopy): Generator<{ slot: DocumentSlot; isCopied: boolean }> {
  for (const slot of document.slots) yield { slot, isCopied: false }
  const kept = copy()
  if (kept?.vaultId !== document.vaultId) return
  for (const slot of kept.slots) {
    const own = document.slots.find(({ id }) => id === slot.id)
    if (own !== undefined && !isDeepStrictEqual(own, slot)) yield { slot, isCopied: true }
  }
}

/** What a key that a slot gave opens, with what was damaged; `null` if it is not this vault's. */
function openedBy(
  key: Uint8Array,
  document: VaultDocument,
  { slot, isCopied }: { slot: DocumentSlot; isCopied: boolean },
): Omit<Opened, 'openedWith'> | null {
  const passesCheck = fitsVault(key, document)
  if (!passesCheck && !opensContents(key, document)) {
    key.fill(0)
    return null
  }
  const slots = isCopied ? document.slots.map((own) => (own.id === slot.id ? slot : own)) : undefined
  const damaged = [...(passesCheck ? [] : ['check:key']), ...(isCopied ? [`slot:${slot.kind}`] : [])]
  return { key, slots, damaged }
}

/** Whether the key opens what the vault itself has sealed, where its check is damaged. */
function opensContents(key: Uint8Array, { vaultId, index, records }: VaultDocument): boolean {
  if (key.length !== dataKeyLength) return false
  const list = index instanceof StringTable ? [listPlace(index)] : []
  return [...list, ...records.entries()].some(([name, jwe]) => opens(key, { vaultId, name }, jwe))
}

/** Tries the slots of this host's own keychain. */
export async function openByKeychain(
  document: VaultDocument,
  keychain: Keychain | null,
  copy: ReadCopy,
): Promise<Opened | LockCause> {
  const slots = document.slots.filter((slot) => slot.kind === 'keychain')
  if (slots.length === 0) return passphraseNeeded

  const labels = slots.map((slot) => slot.label).join(' or ')
  let locked: LockCause = {
    reason: 'keychain_unavailable',
    why: `This vault opens with ${labels}, which Grantdesk cannot reach in this way of running.`,
  }
  if (keychain === null) return locked
  for (const tried of slotsToTry(document, copy)) {
    const { slot, isCopied } = tried
    if (slot.kind !== 'keychain' || slot.keychain !== keychain.id) continue
    try {
      const key = await openKeychainSlot(keychain, slot, document.vaultId)
      const opened = openedBy(key, document, tried)
      if (opened) return { ...opened, openedWith: await nameNow(keychain, slot.label) }
      if (isCopied) continue
      locked = { reason: 'keychain_unavailable', why: `The key that ${slot.label} gave does not open this vault.` }
    } catch (error) {
      if (!(error instanceof KeychainError)) throw error
      if (!isCopied) locked = await refusedBy(keychain, error, slot.label)
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

/** Tries the passphrase on its slots; `null` if it opens none. Throws `vault_broken` for a slot that cannot be read. */
export async function openByPassphrase(
  document: VaultDocument,
  passphrase: Secret,
  copy: ReadCopy,
): Promise<Opened | null> {
  let unreadable: unknown = null
  for (const tried of slotsToTry(document, copy)) {
    if (tried.slot.kind !== 'passphrase') continue
    const key = await openPassphraseSlot(passphrase, tried.slot).catch((error: unknown) => {
      ifDamaged(error)
      unreadable ??= error
      return null
    })
    const opened = key && openedBy(key, document, tried)
    if (opened) return { ...opened, openedWith: passphraseLabel }
  }
  if (unreadable !== null) throw unreadable
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
