// Detects rollback: compares each record with the sealed list of current versions. Without it, an older version of a single
// record would decrypt just as well as the newest, and a used refresh token would be sent.
import { type RecordName, recordName, type VaultDocument } from './document.ts'
import { boundCheck } from './downgrade.ts'
import { opens, type SealingKey } from './sealing.ts'
import type { StringTable, TableChange } from './string-table.ts'
import { openVersionList, tagOf } from './version-list.ts'

/**
 * Why a record is not used. `unverified`: the list itself is damaged, so the current version is unknown. `unreadable`: it decrypts,
 * but does not fit its schema; a newer Grantdesk may have written it.
 */
export type RecordProblem = 'damaged' | 'other_version' | 'missing' | 'unlisted' | 'unverified' | 'unreadable'

export interface RecordIndex {
  /** `null` if the record is the current version. */
  problemOf(name: RecordName): RecordProblem | null
  problems(): ReadonlyMap<string, RecordProblem>
  /** Says that a record does not fit its schema, which shows only when it is read. */
  markUnreadable(name: RecordName): void
  /** The current version's tag. */
  tagOf(name: string): string | undefined
  /** Makes these versions current; returns a function that undoes it. */
  apply(changes: TableChange[]): () => void
  /** The document with the encrypted list, and bound to today's version. */
  sealInto(document: VaultDocument): VaultDocument
  /** If the list was lost and the person agrees: accepts every record that can be decrypted as current. */
  accept(records: StringTable): void
}

/** Opens each record of the document and compares it with the list; a document of version 1 has none, and gets one. */
export function openRecordIndex(key: SealingKey, document: VaultDocument): RecordIndex {
  const { vaultId } = document
  const list = openVersionList(key, document)
  const check = boundCheck(key, document)
  const problems = new Map<string, RecordProblem>()
  for (const [name, jwe] of document.records.entries()) {
    const problem = problemWith(name, jwe)
    if (problem !== null) problems.set(name, problem)
  }
  for (const name of list.names()) if (!document.records.has(name)) problems.set(name, 'missing')

  function problemWith(name: string, jwe: string): RecordProblem | null {
    if (!opens(key, { vaultId, name }, jwe)) return 'damaged'
    if (list.isLost(name)) return holdsSecret(name) ? 'unverified' : null
    const tag = list.tagOf(name)
    if (tag === undefined) return 'unlisted'
    return tag === tagOf(jwe) ? null : 'other_version'
  }

  return {
    problemOf: (name) => problems.get(name) ?? null,
    problems: () => problems,
    markUnreadable: (name) => void problems.set(name, 'unreadable'),
    tagOf: list.tagOf,
    apply(changes) {
      const undo = list.apply(changes)
      const solved = changes.flatMap(({ name }) => {
        const problem = problems.get(name)
        problems.delete(name)
        return problem ? [[name, problem] as const] : []
      })
      return () => {
        undo()
        for (const [name, problem] of solved) problems.set(name, problem)
      }
    },
    sealInto: (document) => ({ ...document, check, index: list.seal() }),
    accept(records) {
      list.accept(records)
      for (const [name, problem] of problems) if (problem === 'unverified') problems.delete(name)
    },
  }
}

/** Whether older content of this record could do harm: an older profile sends nothing, but older tokens may be used up. */
export function holdsSecret(name: string): boolean {
  return name.startsWith(recordName('tokens', '')) || name.startsWith(recordName('client_secret', ''))
}
