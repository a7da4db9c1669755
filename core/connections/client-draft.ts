// A client as typed, not stored yet. It may be stored minutes later, after it worked: then only the fields that were typed
// differently are changed, and edits made in the meantime are kept.
import { isDeepStrictEqual } from 'node:util'
import type { ClientView } from '../../contract/client.ts'
import type { ClientRecord, RecordChange } from '../records.ts'
import type { Secret } from '../secret.ts'

/** Changes to include in another write; created again for each try of that write. */
export interface AlongWith {
  changes(): RecordChange[]
  /** Called when they are on disk. */
  written(): void
}

export interface ClientDraft {
  id: string
  isNew: boolean
  record: ClientRecord
  secret: Secret | null
  keep(): Promise<ClientView>
  /** The same, as part of another write. */
  alongWith: AlongWith
}

/** Three-way merge: applies the changes from `base` to `tried` to `present`, except to fields changed there since. */
export function mergedClient(
  base: ClientRecord | undefined,
  tried: ClientRecord,
  present: ClientRecord | undefined,
): ClientRecord {
  if (!base || !present) return tried
  return {
    ...merged(base, tried, present),
    grantAuthentication: merged(base.grantAuthentication, tried.grantAuthentication, present.grantAuthentication),
  }
}

function merged<Fields extends object>(base: Fields, tried: Fields, present: Fields): Fields {
  const changed = Object.entries(tried).filter(([name, value]) => {
    const before = field(base, name)
    return !isDeepStrictEqual(value, before) && isDeepStrictEqual(field(present, name), before)
  })
  return { ...present, ...Object.fromEntries(changed) }
}

function field(fields: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(fields, name)?.value
}
