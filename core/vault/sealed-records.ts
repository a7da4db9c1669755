// Encrypts and decrypts records while the vault is open. Keeps nothing decrypted.
import { z } from 'zod'
import { type ApartRecords, type RecordChange, type RecordKind, type RecordValue, recordSchemas } from '../records.ts'
import { type LineCipher, lineCipher } from '../sealed-log/line-cipher.ts'
import { type UnusedRecord, unusedRecords } from './damaged-records.ts'
import { type RecordName, recordName, type VaultDocument } from './document.ts'
import { unknownMembers, withTodaysMembers } from './document-versions.ts'
import { pseudonymKey, pseudonymOf } from './pseudonym.ts'
import { openRecordIndex, type RecordIndex } from './record-index.ts'
import { planRecovery, type Recovery } from './record-recovery.ts'
import { seal, sealingKey, unseal } from './sealing.ts'
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
  const opening = sealingKey(dataKey)
  let key: typeof opening | null = opening
  const index = openRecordIndex(opening, document, copy, found)
  /** Records encrypted here without members of a newer version, so they need not be decrypted to look for such members. */
  const withoutUnknown = new Map<RecordName, string>()

  function needKey(): typeof opening {
    if (key === null) throw lockedVault()
    return key
  }

  function open<Kind extends RecordKind>(kind: Kind, name: RecordName, jwe: string): RecordValue<Kind> {
    return decode(kind, name, openText(name, jwe))
  }

  function openText(name: RecordName, jwe: string): string {
    const key = needKey()
    try {
      return unseal(key, { vaultId, name }, jwe)
    } catch {
      throw brokenRecord(name)
    }
  }

  /** The stored record's members that this version does not know, to keep them for the newer version that wrote them. */
  function unknownOf(kind: RecordKind, name: RecordName): Record<string, unknown> {
    const jwe = current().get(name)
    if (jwe === undefined || jwe === withoutUnknown.get(name)) return {}
    try {
      return unknownMembers(kind, openText(name, jwe))
    } catch (error) {
      // A damaged record has none.
      if (isBroken(error)) return {}
      throw error
    }
  }

  function sealOne(change: RecordChange): TableChange {
    if ('remove' in change) {
      const name = recordName(change.remove, change.id)
      withoutUnknown.delete(name)
      return { name, value: null }
    }
    const name = recordName(change.put, change.id)
    const text = encode(change.put, name, change.value)
    const unknown = unknownOf(change.put, name)
    const hasUnknown = Object.keys(unknown).length > 0
    const value = seal(
      needKey(),
      { vaultId, name },
      hasUnknown ? JSON.stringify({ ...unknown, ...JSON.parse(text) }) : text,
    )
    if (hasUnknown) withoutUnknown.delete(name)
    else withoutUnknown.set(name, value)
    return { name, value }
  }

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
    unused ??= unusedRecords(needKey(), { ...document, records: current() }, index, copy())
    return unused.filter(({ kind, id }) => problems.has(`${kind}:${id}`))
  }

  const isRecoverable = (name: string) =>
    unusedNow().some(({ kind, id, recoverable }) => recoverable && `${kind}:${id}` === name)

  function read<Kind extends RecordKind>(kind: Kind, id: string): RecordValue<Kind> | undefined {
    needKey()
    const name = recordName(kind, id)
    const problem = index.problemOf(name)
    if (problem !== null) throw brokenRecord(name, problem, isRecoverable(name))
    const jwe = current().get(name)
    return jwe === undefined ? undefined : readable(kind, name, openText(name, jwe))
  }

  /** Like `decode`; one that does not fit its schema counts as damaged from then on. */
  function readable<Kind extends RecordKind>(kind: Kind, name: RecordName, text: string): RecordValue<Kind> {
    try {
      return decode(kind, name, text)
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
      return seal(needKey(), { vaultId, name }, encode(kind, name, value))
    },
    openApart: async (kind, id, jwe) => open(kind, recordName(kind, id), jwe),
    unused: unusedNow,
    recovery() {
      unused = null
      return planRecovery(needKey(), { ...document, records: current() }, index, copy())
    },
    seal: (changes) => changes.map(sealOne),
    pseudonym(secret) {
      if (namingKey === null) throw lockedVault()
      return pseudonymOf(namingKey, secret)
    },
    lines,
    async lendKey(work) {
      needKey()
      return work(dataKey)
    },
    forget() {
      key = null
      dataKey.fill(0)
      namingKey = null
      lines.forget()
    },
  }
}

/** A kind's schema; the cast is needed because the compiler cannot follow a generic index. */
function schemaOf<Kind extends RecordKind>(kind: Kind): z.ZodType<RecordValue<Kind>> {
  return recordSchemas[kind] as unknown as z.ZodType<RecordValue<Kind>>
}

function decode<Kind extends RecordKind>(kind: Kind, name: RecordName, text: string): RecordValue<Kind> {
  let wire: unknown
  try {
    wire = JSON.parse(text)
  } catch {
    throw brokenRecord(name, 'unreadable')
  }
  const decoded = z.safeDecode(schemaOf(kind), withTodaysMembers(kind, wire) as never)
  if (!decoded.success) throw brokenRecord(name, 'unreadable')
  return decoded.data
}

/** A value that does not fit the schema is a bug; the error names paths in it, never values. */
function encode<Kind extends RecordKind>(kind: Kind, name: RecordName, value: RecordValue<Kind>): string {
  const encoded = z.safeEncode(schemaOf(kind), value)
  if (encoded.success) return JSON.stringify(encoded.data)
  const places = encoded.error.issues.map((issue) => issue.path.join('.')).join(', ')
  throw new TypeError(`The record ${name} does not fit its schema at: ${places}`)
}
