// Plans how to repair damaged records from the last good copy, record by record, so that everything newer in the file is kept.
// Pure. Never restores older tokens, which may be used up: sending them could revoke the newer ones.
import type { VaultDocument } from './document.ts'
import { holdsSecret, isOfFile, type RecordIndex } from './record-index.ts'
import { opens, type SealingKey } from './sealing.ts'
import type { TableChange } from './string-table.ts'
import { tagOf } from './version-list.ts'

export interface Recovery {
  changes: TableChange[]
  /** Names of the records that these changes repair. */
  recovered: string[]
  /** Names of those that stay damaged. */
  unrecoverable: string[]
}

/** `copy` is the vault's last good copy, `null` if there is no readable one. */
export function planRecovery(
  key: SealingKey,
  document: VaultDocument,
  index: RecordIndex,
  copy: VaultDocument | null,
): Recovery {
  const { vaultId } = document
  const recovery: Recovery = { changes: [], recovered: [], unrecoverable: [] }
  const recover = (name: string, value: string | null) => {
    recovery.changes.push({ name, value })
    recovery.recovered.push(name)
  }
  for (const [name, problem] of index.problems()) {
    const kept = copy?.vaultId === vaultId ? copy.records.get(name) : undefined
    // The copy may hold an older version, or one that cannot be read either; a newer Grantdesk reads the one in the file.
    if (problem === 'unreadable') continue
    // What of the file itself cannot be taken from the copy is made anew.
    if (isOfFile(name)) recovery.recovered.push(name)
    // Another program added it: the vault had not stored it.
    else if (problem === 'unlisted') recover(name, null)
    // It can be decrypted, and the person accepts it as the current version.
    else if (problem === 'unverified') recover(name, document.records.get(name) ?? null)
    else if (kept && opens(key, { vaultId, name }, kept) && isAsGood(name, kept, index)) recover(name, kept)
    else recovery.unrecoverable.push(name)
  }
  return recovery
}

function isAsGood(name: string, kept: string, index: RecordIndex): boolean {
  return !holdsSecret(name) || tagOf(kept) === index.tagOf(name)
}
