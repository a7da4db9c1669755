// Holds the data key while the vault is open, and the only reference to what it decrypts. The key is overwritten when dropped,
// but only after accepted writes have finished.

import type { mutex } from '../mutex.ts'
import type { Log } from '../ports.ts'
import type { VaultDocument } from './document.ts'
import { type SealedRecords, sealedRecords } from './sealed-records.ts'
import type { StringTable } from './string-table.ts'
import { lockedVault } from './vault-problems.ts'

export interface Session {
  /** `null` while no key is in memory. */
  current(): SealedRecords | null
  /** Throws `vault_locked` while no key is in memory. */
  need(): SealedRecords
  /** Takes a key that has proven to be the vault's, and owns it from here on. */
  begin(dataKey: Uint8Array, document: VaultDocument): void
  /** Ends at once for whoever asks from now on; returns when the keys are overwritten. */
  drop(): Promise<void>
}

/**
 * `writes` are the turns in which the vault is written; `records` gives those of the document as it is now, `copy` the last good
 * copy.
 */
export function createSession(
  records: () => StringTable,
  copy: () => VaultDocument | null,
  writes: ReturnType<typeof mutex>,
  log: Log,
): Session {
  let session: SealedRecords | null = null
  let left: Promise<void> = Promise.resolve()

  function reportDamaged(name: string): void {
    log.write('error', 'a record in the vault is damaged and was left out', { record: name })
  }

  return {
    current: () => session,
    need() {
      if (session === null) throw lockedVault()
      return session
    },
    begin(dataKey, document) {
      // Locked a moment ago, and not left yet: the key has been proven again.
      if (session !== null) dataKey.fill(0)
      else session = sealedRecords(dataKey, document, records, copy, reportDamaged)
    },
    drop() {
      const leaving = session
      session = null
      if (leaving !== null) left = writes(async () => leaving.forget())
      return left
    },
  }
}
