// Records in memory, unsealed: for tests of what lies above the vault.
import type { NamedRecords, RecordKind, RecordValue } from '../../core/records.ts'

export function memoryRecords(): NamedRecords {
  const held = new Map<string, unknown>()
  const key = (kind: RecordKind, id: string) => `${kind}:${id}`
  return {
    async read<Kind extends RecordKind>(kind: Kind, id: string) {
      return structuredCloneExceptSecrets(held.get(key(kind, id))) as RecordValue<Kind> | undefined
    },
    async list<Kind extends RecordKind>(kind: Kind) {
      return [...held]
        .filter(([name]) => name.startsWith(`${kind}:`))
        .map(([name, value]) => ({ id: name.slice(kind.length + 1), value: value as RecordValue<Kind> }))
    },
    async ids(kind) {
      return [...held.keys()].filter((name) => name.startsWith(`${kind}:`)).map((name) => name.slice(kind.length + 1))
    },
    async write(changes) {
      for (const change of changes) {
        if ('put' in change) held.set(key(change.put, change.id), change.value)
        else held.delete(key(change.remove, change.id))
      }
    },
  }
}

/** A shallow copy is enough to keep a reader from changing what is held; secrets do not survive a real clone. */
function structuredCloneExceptSecrets(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? { ...value } : value
}
