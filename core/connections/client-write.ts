// Writes a client as it was typed, possibly minutes later and together with other records: edits made in the meantime are kept,
// and so is a client secret that was entered since.
import { isDeepStrictEqual } from 'node:util'
import type { RecordCache } from '../record-cache.ts'
import type { ClientRecord } from '../records.ts'
import type { Secret } from '../secret.ts'
import { type AlongWith, mergedClient } from './client-draft.ts'
import { secretChange } from './client-secrets.ts'

/** What was typed. */
export interface TypedClient {
  id: string
  /** The client as it was when the person began to type; `undefined` for a new one. */
  known: ClientRecord | undefined
  record: ClientRecord
  secret: Secret | null
  /** Whether the person entered a secret. */
  secretTyped: boolean
  /** The earlier secrets to keep. */
  replaced: Secret[]
}

export interface ClientWritesParts {
  clients: Pick<RecordCache<ClientRecord>, 'get' | 'has' | 'set'>
  onWritten(id: string): void
}

/** Returns a function that prepares the write of what was typed. */
export function clientWrites({ clients, onWritten }: ClientWritesParts): (typed: TypedClient) => AlongWith {
  /** How often each client's secret was stored. */
  const secretEdits = new Map<string, number>()

  return ({ id, known, record, secret, secretTyped, replaced }) => {
    let base = known
    let ownSecret = secretTyped
    let edits = secretEdits.get(id)
    let next: ClientRecord | null = null
    /** Whether to store the client secret, too: not if another was entered in the meantime. */
    const withSecret = () => !clients.has(id) || (ownSecret && secretEdits.get(id) === edits)
    return {
      changes() {
        const present = clients.get(id)
        const { hasSecret, weakSecret } = withSecret() ? record : (present ?? record)
        const value = { ...mergedClient(base, record, present), hasSecret, weakSecret }
        next = withSecret() || !isDeepStrictEqual(value, present) ? value : null
        if (next === null) return []
        return [{ put: 'client', id, value }, ...(withSecret() ? [secretChange(id, secret, replaced)] : [])]
      },
      written() {
        if (next === null) return
        if (withSecret()) secretEdits.set(id, (secretEdits.get(id) ?? 0) + 1)
        edits = secretEdits.get(id)
        ownSecret = false
        base = record
        clients.set(id, next)
        onWritten(id)
      },
    }
  }
}
