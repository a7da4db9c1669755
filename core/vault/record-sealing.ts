// Encrypts changed records. Members that a newer version has added to a stored record, and this one does not know, are kept.
import type { RecordChange, RecordKind } from '../records.ts'
import { type RecordName, recordName } from './document.ts'
import { unknownMembers } from './document-versions.ts'
import type { RecordCipher } from './record-cipher.ts'
import { encodeRecord } from './record-codec.ts'
import type { StringTable, TableChange } from './string-table.ts'
import { isBroken } from './vault-problems.ts'

/** Returns a function that encrypts a change of the records that `current` returns; it writes nothing. */
export function recordSealing(
  cipher: Pick<RecordCipher, 'seal' | 'unseal'>,
  current: () => Pick<StringTable, 'get'>,
): (change: RecordChange) => TableChange {
  /** Records encrypted here without unknown members, so they need not be decrypted to look for such members. */
  const withoutUnknown = new Map<RecordName, string>()

  function unknownOf(kind: RecordKind, name: RecordName): Record<string, unknown> {
    const jwe = current().get(name)
    if (jwe === undefined || jwe === withoutUnknown.get(name)) return {}
    try {
      return unknownMembers(kind, cipher.unseal(name, jwe))
    } catch (error) {
      // A damaged record has none.
      if (isBroken(error)) return {}
      throw error
    }
  }

  return (change) => {
    if ('remove' in change) {
      const name = recordName(change.remove, change.id)
      withoutUnknown.delete(name)
      return { name, value: null }
    }
    const name = recordName(change.put, change.id)
    const text = encodeRecord(change.put, name, change.value)
    const unknown = unknownOf(change.put, name)
    const hasUnknown = Object.keys(unknown).length > 0
    const value = cipher.seal(name, hasUnknown ? JSON.stringify({ ...unknown, ...JSON.parse(text) }) : text)
    if (hasUnknown) withoutUnknown.delete(name)
    else withoutUnknown.set(name, value)
    return { name, value }
  }
}
