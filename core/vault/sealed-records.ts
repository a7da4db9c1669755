// Encrypts and decrypts records while the vault is open. Keeps nothing decrypted.
import type { ApartRecords, RecordChange, RecordKind, RecordValue } from '../records.ts'
import { type LineCipher, lineCipher } from '../sealed-log/line-cipher.ts'
import { type UnusedRecord, unusedRecords } from './damaged-records.ts'
import { type RecordName, recordName, type VaultDocument } from './document.ts'
import { pseudonymKey, pseudonymOf } from './pseudonym.ts'
import { createRecordCipher } from './record-cipher.ts'
import { decodeRecord, encodeRecord } from './record-codec.ts'
import { openRecordIndex, type RecordIndex } from './record-index.ts'
import { planRecovery, type Recovery } from './record-recovery.ts'
import { recordSealing } from './record-sealing.ts'
import type { StringTable, TableChange } from './string-table.ts'
import { brokenRecord, isBroken, lockedVault, printable } from './vault-problems.ts'

export interface SealedRecords extends ApartRecords {
  /** Which of them are the versions stored last. */
  readonly index: RecordIndex
  read<Kind extends RecordKind>(kind: Kind, id: string): RecordValue<Kind> | undefined
  list<Kind extends RecordKind>(kind: Kind): { id: string; value: RecordValue<Kind> }[]
  /** All ids, including damaged records. */
  ids(kind: RecordKind): string[]
  /** The records that are not used; empty where all are whole. */
  unused(): UnusedRecord[]
  /** Plans which damaged records the last good copy can repair; writes nothing. */
  recovery(): Recovery
  /** Encrypts the changes' present values; writes nothing. */
  seal(changes: RecordChange[]): TableChange[]
  pseudonym(secret: string): string
  /** For logs outside the document. */
  readonly lines: LineCipher
  /** Calls `work` with the data key, which must not be kept. */
  lendKey<T>(work: (dataKey: Uint8Array) => Promise<T>): Promise<T>
  /** Overwrites the data key and drops the keys derived from it. */
  forget(): void
}

export interface DamageListeners {
  /** Called with the name of each record that `list` skips. */
  damaged(name: string): void
  /** Called when a record turns out not to fit its schema. */
  unreadable(): void
}

/**
 * Encrypts and decrypts the records that `current` returns with `dataKey`, which must not be used elsewhere afterwards. `copy`
 * reads the last good copy; `found` names what of the file was damaged when it was opened.
 */
export function sealedRecords(
  dataKey: Uint8Array,
  document: VaultDocument,
  current: () => StringTable,
  copy: () => VaultDocument | null,
  { damaged, unreadable }: DamageListeners,
  found: string[] = [],
): SealedRecords {
  const { vaultId } = document
  let namingKey: ReturnType<typeof pseudonymKey> | null = pseudonymKey(dataKey, vaultId)
  const lines = lineCipher(dataKey, vaultId)
  const cipher = createRecordCipher(dataKey, vaultId)
  const sealChange = recordSealing(cipher, current)
  const index = openRecordIndex(cipher.key(), document, copy, found)

  function idsOf(kind: RecordKind): string[] {
    const prefix = recordName(kind, '')
    return current()
      .names()
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length))
  }

  /** The copy follows no damaged file, so what it can repair stays the same until something is recovered. */
  let unused: UnusedRecord[] | null = null
  function unusedNow(): UnusedRecord[] {
    const problems = index.problems()
    if (problems.size === 0) return []
    unused ??= unusedRecords(cipher.key(), { ...document, records: current() }, index, copy())
    return unused.filter(({ kind, id }) => problems.has(`${kind}:${id}`))
  }

  const isRecoverable = (name: string) =>
    unusedNow().some(({ kind, id, recoverable }) => recoverable && `${kind}:${id}` === name)

  function read<Kind extends RecordKind>(kind: Kind, id: string): RecordValue<Kind> | undefined {
    cipher.key()
    const name = recordName(kind, id)
    const problem = index.problemOf(name)
    if (problem !== null) throw brokenRecord(name, problem, isRecoverable(name))
    const jwe = current().get(name)
    return jwe === undefined ? undefined : readable(kind, name, cipher.unseal(name, jwe))
  }

  /** Like `decodeRecord`; one that does not fit its schema counts as damaged from then on. */
  function readable<Kind extends RecordKind>(kind: Kind, name: RecordName, text: string): RecordValue<Kind> {
    try {
      return decodeRecord(kind, name, text)
    } catch (error) {
      index.markUnreadable(name)
      unused = null
      unreadable()
      throw error
    }
  }

  return {
    index,
    read,
    list(kind) {
      return idsOf(kind).flatMap((id) => {
        try {
          const value = read(kind, id)
          return value === undefined ? [] : [{ id, value }]
        } catch (error) {
          // Skip only this record.
          if (!isBroken(error)) throw error
          damaged(printable(recordName(kind, id)))
          return []
        }
      })
    },
    ids: idsOf,
    sealApart: async (kind, id, value) => {
      const name = recordName(kind, id)
      return cipher.seal(name, encodeRecord(kind, name, value))
    },
    openApart: async (kind, id, jwe) => {
      const name = recordName(kind, id)
      return decodeRecord(kind, name, cipher.unseal(name, jwe))
    },
    unused: unusedNow,
    recovery() {
      unused = null
      return planRecovery(cipher.key(), { ...document, records: current() }, index, copy())
    },
    seal: (changes) => changes.map(sealChange),
    pseudonym(secret) {
      if (namingKey === null) throw lockedVault()
      return pseudonymOf(namingKey, secret)
    },
    lines,
    async lendKey(work) {
      cipher.key()
      return work(dataKey)
    },
    forget() {
      cipher.forget()
      dataKey.fill(0)
      namingKey = null
      lines.forget()
    },
  }
}
