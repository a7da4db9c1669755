// A client as it was typed and not stored yet. It may be stored minutes later, when it has worked: then only what was typed
// otherwise than it was changes, and what the person has edited meanwhile stays as they edited it.
import { isDeepStrictEqual } from 'node:util'
import type { ClientView } from '../../contract/client.ts'
import type { ClientRecord, RecordChange } from '../records.ts'
import type { Secret } from '../secret.ts'

/** What goes to disk in one write with something else; made anew for each try of that write. */
export interface AlongWith {
  changes(): RecordChange[]
  /** They are on disk. */
  written(): void
}

export interface ClientDraft {
  id: string
  isNew: boolean
  record: ClientRecord
  secret: Secret | null
  keep(): Promise<ClientView>
  /** The same as a part of another write. */
  alongWith: AlongWith
}

/** `present` with what `tried` changed of `base`, but for what was changed there since. */
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
