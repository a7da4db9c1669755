// Adds, changes and removes key slots of an open vault. Never removes the last one, nor an old slot before its replacement has
// been opened once.
import { timingSafeEqual } from 'node:crypto'
import { type Keychain, KeychainError } from '../ports.ts'
import { problem } from '../problem.ts'
import type { Secret } from '../secret.ts'
import type { DocumentSlot, PassphraseSlot } from './document.ts'
import { isOutdated, makeKeychainSlot, makePassphraseSlot, openPassphraseSlot, passphraseSetAt } from './key-slots.ts'
import { checkPassphrase } from './passphrase.ts'

/** What a change starts from: the present slots, the data key (only while the change runs), and the vault's id. */
export interface SlotChangeInput {
  slots: DocumentSlot[]
  key: Uint8Array
  vaultId: string
  /** Milliseconds since the epoch. */
  now: number
  /** PBKDF2 iterations for a new passphrase. */
  rounds: number
}

export interface SlotChange {
  /** Whether it tries a passphrase: then it waits for its turn, and for the delay after wrong guesses. */
  triesPassphrase?: true
  /** Returns all slots after the change, and what to do once they are on disk. */
  make(input: SlotChangeInput): Promise<{ slots: DocumentSlot[]; afterwards?: () => Promise<void> }>
}

/** Sets or changes the passphrase; a change requires the present one. Throws `wrong_passphrase`. */
export function settingPassphrase(passphrase: Secret, present: Secret | null): SlotChange {
  checkPassphrase(passphrase)
  return {
    ...(present && { triesPassphrase: true }),
    async make({ slots, key, now, rounds }) {
      await provePresent(slots, present, key)
      const made = await provenPassphraseSlot(passphrase, key, now, rounds)
      return { slots: [...slots.filter((slot) => slot.kind !== 'passphrase'), made] }
    },
  }
}

/** Throws `wrong_passphrase` if there is a passphrase and it is not this one. */
export async function provePresent(slots: DocumentSlot[], present: Secret | null, key: Uint8Array): Promise<void> {
  const passphrases = slots.filter((slot) => slot.kind === 'passphrase')
  if (passphrases.length > 0 && !(present && (await opensOne(passphrases, present, key)))) {
    throw problem('wrong_passphrase', 'That is not the present passphrase of this vault.')
  }
}

/** Stores the data key in this host's keychain, replacing an existing entry. */
export function addingKeychain(keychain: Keychain | null): SlotChange {
  return {
    async make({ slots, key, vaultId }) {
      if (keychain === null) throw noKeychain('This system offers no keychain that Grantdesk can use.')
      const made = await makeKeychainSlot(keychain, key, vaultId).catch((error: unknown) => {
        throw error instanceof KeychainError ? noKeychain(error.message) : error
      })
      return { slots: [...slots.filter((slot) => slot.kind !== 'keychain' || slot.keychain !== keychain.id), made] }
    },
  }
}

/** Removes a slot and its entry in this host's keychain. Throws `not_found`, and `conflict` for the last slot. */
export function removingSlot(id: string, keychain: Keychain | null): SlotChange {
  return {
    async make({ slots, vaultId }) {
      const leaving = slots.find((slot) => slot.id === id)
      const left = slots.filter((slot) => slot.id !== id)
      if (left.length === slots.length) throw problem('not_found', 'The vault has no such way of opening any more.')
      if (left.length === 0) {
        throw problem('conflict', 'This is the only way to open the vault.', 'Add another way first.')
      }
      const isOurs = leaving?.kind === 'keychain' && leaving.keychain === keychain?.id
      return { slots: left, afterwards: isOurs ? async () => keychain.forget(leaving.sealed, vaultId) : undefined }
    },
  }
}

/** Derives the passphrase slot again with today's parameters if it has weaker ones. */
export function renewingPassphrase(passphrase: Secret): SlotChange {
  return {
    async make({ slots, key, rounds }) {
      const renewed = slots.map(async (slot) => {
        if (slot.kind !== 'passphrase' || !isOutdated(slot, rounds) || !(await opensOne([slot], passphrase, key)))
          return slot
        return { ...(await provenPassphraseSlot(passphrase, key, passphraseSetAt(slot), rounds)), id: slot.id }
      })
      return { slots: await Promise.all(renewed) }
    },
  }
}

/** Whether a slot has weaker parameters than today's. */
export function hasOutdatedPassphrase(slots: DocumentSlot[], rounds: number): boolean {
  return slots.some((slot) => slot.kind === 'passphrase' && isOutdated(slot, rounds))
}

async function opensOne(slots: PassphraseSlot[], passphrase: Secret, key: Uint8Array): Promise<boolean> {
  for (const slot of slots) {
    const found = await openPassphraseSlot(passphrase, slot)
    const same = found !== null && found.length === key.length && timingSafeEqual(found, key)
    found?.fill(0)
    if (same) return true
  }
  return false
}

async function provenPassphraseSlot(
  passphrase: Secret,
  key: Uint8Array,
  setAt: number | null,
  rounds: number,
): Promise<PassphraseSlot> {
  const made = await makePassphraseSlot(passphrase, key, setAt, rounds)
  if (!(await opensOne([made], passphrase, key))) throw new Error('a new passphrase slot does not open')
  return made
}

function noKeychain(why: string) {
  return problem('not_supported', why, 'The vault opens as before.')
}
