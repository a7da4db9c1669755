// Encrypts and decrypts the texts of records with the vault's data key, each bound to the vault and to its name, until the vault
// locks.
import type { RecordName } from './document.ts'
import { type SealingKey, seal, sealingKey, unseal } from './sealing.ts'
import { brokenRecord, lockedVault } from './vault-problems.ts'

export interface RecordCipher {
  /** Throws `vault_locked` after `forget`, as the others do. */
  key(): SealingKey
  seal(name: RecordName, text: string): string
  /** Throws `vault_broken` for a text that was changed, or sealed under another name. */
  unseal(name: RecordName, jwe: string): string
  forget(): void
}

export function createRecordCipher(dataKey: Uint8Array, vaultId: string): RecordCipher {
  let present: SealingKey | null = sealingKey(dataKey)

  function key(): SealingKey {
    if (present === null) throw lockedVault()
    return present
  }

  return {
    key,
    seal: (name, text) => seal(key(), { vaultId, name }, text),
    unseal(name, jwe) {
      const opening = key()
      try {
        return unseal(opening, { vaultId, name }, jwe)
      } catch {
        throw brokenRecord(name)
      }
    },
    forget() {
      present = null
    },
  }
}
