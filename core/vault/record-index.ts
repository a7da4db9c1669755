// Detects rollback: compares each record with the sealed list of current versions. Without it, an older version of a single
// record would decrypt just as well as the newest, and a used refresh token would be sent.
import { isRemovable, listKind, type RecordProblem } from '../../contract/damage.ts'
import { type RecordName, recordName, type VaultDocument } from './document.ts'
import { boundCheck } from './downgrade.ts'
import { opens, type SealingKey } from './sealing.ts'
import type { StringTable, TableChange } from './string-table.ts'
import { type ListDamage, openVersionList, tagOf } from './version-list.ts'

export interface RecordIndex {
  /** `null` if the record is the current version. */
  problemOf(name: RecordName): RecordProblem | null
  /** By the names of the records, and of the damaged parts of the list (`index:…`). */
  problems(): ReadonlyMap<string, RecordProblem>
  /** Says that a record does not fit its schema, which shows only when it is read. */
  markUnreadable(name: RecordName): void
  /** The current version's tag. */
  tagOf(name: string): string | undefined
  /** Makes these versions current; returns a function that undoes it. */
  apply(changes: TableChange[]): () => void
  /** The document with the encrypted list, and bound to today's version. */
  sealInto(document: VaultDocument): VaultDocument
  /**
   * If parts of the list were lost and the person agrees: accepts every record of them that can be decrypted as current. Returns a
   * function that undoes it.
   */
  accept(records: StringTable): () => void
}

/**
 * Opens each record of the document and compares it with the list; a document of version 1 has none, and gets one. `copy` reads the
 * last good copy; `found` names what else of the file was damaged, which the next save writes whole.
 */
export function openRecordIndex(
  key: SealingKey,
  document: VaultDocument,
  copy: () => VaultDocument | null = () => null,
  found: string[] = [],
): RecordIndex {
  const { vaultId } = document
  const list = openVersionList(key, document, copy)
  const check = boundCheck(key, document)
  const problems = new Map<string, RecordProblem>()
  /** Problems that the next save solves, because it stores what was taken from the copy. */
  const restored = new Set(found)
  for (const name of found) problems.set(name, 'damaged')
  for (const [name, jwe] of document.records.entries()) {
    const problem = problemWith(name, jwe)
    if (problem !== null) problems.set(name, problem)
  }
  for (const name of list.names()) if (!document.records.has(name)) problems.set(name, 'missing')
  for (const damage of list.damage()) findListDamage(damage)

  function findListDamage({ member, isRestored, recordCount, covers }: ListDamage): void {
    const name = listName(member)
    problems.set(name, 'damaged')
    if (isRestored) return void restored.add(name)
    const presentCount = document.records.names().filter(covers).length
    if (recordCount !== null && recordCount <= presentCount) return
    const kept = copy()
    const missing =
      kept?.vaultId === vaultId ? kept.records.names().filter((one) => covers(one) && !document.records.has(one)) : []
    for (const one of missing) problems.set(one, 'missing')
    if (recordCount !== null && recordCount > presentCount + missing.length) problems.set(name, 'incomplete')
  }

  function problemWith(name: string, jwe: string): RecordProblem | null {
    if (!opens(key, { vaultId, name }, jwe)) return 'damaged'
    if (list.isLost(name)) return 'unverified'
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
      const solved = [...changes.map(({ name }) => name), ...restored].flatMap((name) => {
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
      const before = [...problems]
      const missing = before.flatMap(([name, problem]) => (problem === 'missing' ? [name] : []))
      const undo = list.accept(records, missing)
      for (const [name, problem] of problems) {
        if (problem === 'unverified' || isOfFile(name)) problems.delete(name)
      }
      return () => {
        undo()
        for (const [name, problem] of before) problems.set(name, problem)
      }
    },
  }
}

const listName = (member: string) => `${listKind}:${member}`

/** Whether a problem is about the file itself: a part of the list, the check, a slot. */
export function isOfFile(name: string): boolean {
  return !isRemovable({ kind: name.slice(0, Math.max(0, name.indexOf(':'))) })
}

/** Whether it is never taken from the copy unless that has it as it was stored last: older tokens may be used up. */
export function holdsSecret(name: string): boolean {
  return name.startsWith(recordName('tokens', '')) || name.startsWith(recordName('client_secret', ''))
}
