// An encrypted list of each record's name and authentication tag, to detect rollback: without it, an older version of a single
// record would decrypt just as well as the newest, and a used refresh token would be sent.
import { type RecordName, recordName, type VaultDocument } from './document.ts'
import { opens, type SealingKey, seal, sealBytes, unseal } from './sealing.ts'
import { StringTable, type TableChange } from './string-table.ts'

/** Why a record is not used. `unverified`: the list itself is damaged, so its version is unknown. */
export type RecordProblem = 'damaged' | 'other_version' | 'missing' | 'unlisted' | 'unverified'

export interface RecordIndex {
  /** `null` if the record is the current version. */
  problemOf(name: RecordName): RecordProblem | null
  problems(): ReadonlyMap<string, RecordProblem>
  /** The current version's tag. */
  tagOf(name: string): string | undefined
  /** Makes these versions current; returns a function that undoes it. */
  apply(changes: TableChange[]): () => void
  /** The encrypted list. */
  seal(): string
  /** If the list was lost and the person agrees: accepts every record that can be decrypted as current. */
  accept(records: StringTable): void
}

const indexName = 'index'
/** The last part of a compact JWE: 16 bytes in base64url. No two sealings have the same. */
const tagLength = 22

export function tagOf(jwe: string): string {
  return jwe.slice(-tagLength)
}

/** The list of a new vault. */
export function emptyIndex(key: SealingKey, vaultId: string): string {
  return seal(key, { vaultId, name: indexName }, '{}')
}

/** Opens each record of the document and compares it with the list; a document of version 1 has none, and gets one. */
export function openRecordIndex(key: SealingKey, document: VaultDocument): RecordIndex {
  const { vaultId } = document
  const listed = readIndex(key, document)
  let tags = listed ?? new StringTable()
  let isLost = listed === null
  const problems = new Map<string, RecordProblem>()
  for (const [name, jwe] of document.records.entries()) {
    const problem = problemWith(name, jwe)
    if (problem !== null) problems.set(name, problem)
  }
  for (const name of tags.names()) if (!document.records.has(name)) problems.set(name, 'missing')

  function problemWith(name: string, jwe: string): RecordProblem | null {
    if (!opens(key, { vaultId, name }, jwe)) return 'damaged'
    if (listed === null) return holdsSecret(name) ? 'unverified' : null
    const tag = listed.get(name)
    if (tag === undefined) return 'unlisted'
    return tag === tagOf(jwe) ? null : 'other_version'
  }

  return {
    problemOf: (name) => problems.get(name) ?? null,
    problems: () => problems,
    tagOf: (name) => tags.get(name),
    apply(changes) {
      const undo = tags.apply(changes.map(({ name, value }) => ({ name, value: value && tagOf(value) })))
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
    // One that could not be read is stored as it was found: what it would have told is not to be made up.
    seal() {
      if (isLost && document.index !== null) return document.index
      return sealBytes(key, { vaultId, name: indexName }, Buffer.concat(tags.pieces()))
    },
    accept(records) {
      if (!isLost) return
      tags = listOf(records)
      isLost = false
      for (const [name, problem] of problems) if (problem === 'unverified') problems.delete(name)
    },
  }
}

/** Nothing of an older profile is sent anywhere; older tokens may be spent. */
export function holdsSecret(name: string): boolean {
  return name.startsWith(recordName('tokens', '')) || name.startsWith(recordName('client_secret', ''))
}

function readIndex(key: SealingKey, document: VaultDocument): StringTable | null {
  if (document.index === null) return listOf(document.records)
  try {
    const text = unseal(key, { vaultId: document.vaultId, name: indexName }, document.index)
    return new StringTable(Object.entries(JSON.parse(text) as Record<string, string>))
  } catch {
    return null
  }
}

function listOf(records: StringTable): StringTable {
  return new StringTable([...records.entries()].map(([name, jwe]) => [name, tagOf(jwe)]))
}
