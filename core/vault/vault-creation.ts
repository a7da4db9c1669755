// Makes a new vault, with the keychain or a passphrase. Never over an existing document: only the store's answer that there is
// none leads here.
import type { VaultStatus } from '../../contract/vault.ts'
import { KeychainError, type Ports } from '../ports.ts'
import { Problem } from '../problem.ts'
import type { Secret } from '../secret.ts'
import type { VaultDocument } from './document.ts'
import type { DocumentStore } from './document-store.ts'
import { makeKeychainSlot, makePassphraseSlot, passphraseLabel } from './key-slots.ts'
import { type Made, makeVault, type Opened } from './opening.ts'
import type { StatusStore } from './status-store.ts'
import { errorCode, systemRemedy } from './system-error.ts'
import { obstacleProblem, unwritten, vaultExists } from './vault-problems.ts'

export interface VaultCreation {
  /** Returns the new status; `new` if the keychain cannot be used. */
  withKeychain(dropped: () => boolean): Promise<VaultStatus>
  /** Throws Problem if there is a vault already, or it cannot be written. */
  withPassphrase(passphrase: Secret, dropped: () => boolean): Promise<VaultStatus>
}

export interface VaultCreationParts {
  ports: Pick<Ports, 'keychain' | 'clock' | 'passphraseRounds'>
  documents: Pick<DocumentStore, 'take' | 'current' | 'write' | 'broken'>
  status: Pick<StatusStore, 'current' | 'set'>
  /** Opens the vault that was just written. */
  begin(opened: Opened, document: VaultDocument): VaultStatus
}

export function createVaultCreation({ ports, documents, status, begin }: VaultCreationParts): VaultCreation {
  const { keychain, clock, passphraseRounds } = ports

  /** Writes the first document and opens it; if that was dropped, overwrites its key. */
  function beginNew({ key, document }: Made, openedWith: string, dropped: () => boolean): VaultStatus {
    try {
      if (!dropped()) documents.write(() => document)
    } catch (error) {
      key.fill(0)
      throw error
    }
    if (!dropped()) return begin({ key, openedWith }, document)
    key.fill(0)
    return status.current()
  }

  return {
    async withKeychain(dropped) {
      if (keychain === null)
        return status.set({ state: 'new', why: 'This system offers no keychain that Grantdesk can use.' })
      try {
        const made = await makeVault(clock.now(), (key, vaultId) => makeKeychainSlot(keychain, key, vaultId))
        const label = made.document.slots[0]?.kind === 'keychain' ? made.document.slots[0].label : ''
        return beginNew(made, label, dropped)
      } catch (error) {
        if (error instanceof KeychainError)
          return dropped() ? status.current() : status.set({ state: 'new', why: error.message })
        if (error instanceof Problem) return status.current()
        return status.set(documents.broken(`The vault cannot be written${errorCode(error)}.`, systemRemedy(error)))
      }
    },
    async withPassphrase(passphrase, dropped) {
      const obstacle = documents.take()
      if (obstacle !== null) throw obstacleProblem(status.set(obstacle))
      if (documents.current() !== null) throw vaultExists()
      const makeSlot = (key: Uint8Array) => makePassphraseSlot(passphrase, key, clock.now(), passphraseRounds)
      const made = await makeVault(clock.now(), makeSlot)
      try {
        return beginNew(made, passphraseLabel, dropped)
      } catch (error) {
        throw unwritten(error)
      }
    },
  }
}
