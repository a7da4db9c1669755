// Holds the data key while the vault is open, and the only reference to what it decrypts. The key is overwritten when dropped,
// but only after accepted writes have finished.

import type { mutex } from '../mutex.ts'
import type { Log } from '../ports.ts'
import type { VaultDocument } from './document.ts'
import { type SealedRecords, sealedRecords } from './sealed-records.ts'
import type { StringTable } from './string-table.ts'
import { lockedVault } from './vault-problems.ts'

export interface Session {
  /** `null` if no key is in memory. */
  current(): SealedRecords | null
  /** Throws `vault_locked` if no key is in memory. */
  need(): SealedRecords
  /** Takes over a key that was checked to be the vault's; it must not be used elsewhere afterwards. `damaged`: what was found so already. */
  begin(dataKey: Uint8Array, document: VaultDocument, damaged?: string[]): void
  /** Ends at once for all later calls; returns when the keys are overwritten. */
  drop(): Promise<void>
}

/**
 * `writes` is the mutex of all writes to the vault; `records` returns the document's present records, `copy` the last good copy;
 * `unreadable` is called when a record turns out not to fit its schema.
 */
export function createSession(
  records: () => StringTable,
  copy: () => VaultDocument | null,
  writes: ReturnType<typeof mutex>,
  log: Log,
  unreadable: () => void,
): Session {
  let session: SealedRecords | null = null
  let left: Promise<void> = Promise.resolve()

  function reportDamaged(name: string): void {
    // No error: callers are told of it by name, with what to do.
    log.write('info', 'a record in the vault is damaged and was left out', { record: name })
  }

  return {
    current: () => session,
    need() {
      if (session === null) throw lockedVault()
      return session
    },
    begin(dataKey, document, damaged = []) {
      // Locked a moment ago, but not dropped yet: keep the key that is in use.
      if (session !== null) dataKey.fill(0)
      else session = sealedRecords(dataKey, document, records, copy, { damaged: reportDamaged, unreadable }, damaged)
    },
    drop() {
      const leaving = session
      session = null
      if (leaving !== null) left = writes(async () => leaving.forget())
      return left
    },
  }
}
