// The records of an open vault that are not used: why, what of them can still be read, and whether they can be recovered.
import { z } from 'zod'
import type { RecordProblem } from '../../contract/damage.ts'
import { lazyObject } from '../../contract/lazy-schema.ts'
import type { VaultDocument } from './document.ts'
import type { RecordIndex } from './record-index.ts'
import { planRecovery } from './record-recovery.ts'
import { type SealingKey, unseal } from './sealing.ts'

export interface UnusedRecord {
  kind: string
  id: string
  problem: RecordProblem
  /** `null` if nothing of it can be read, and for records that hold a secret. */
  name: string | null
  serviceId: string | null
  recoverable: boolean
}

/** Kinds whose names are shown. Nothing else is decrypted here. */
const named = new Set(['connection', 'client', 'service'])

const shownSchema = lazyObject(() => ({ name: z.string(), serviceId: z.string().optional() }))

/** `copy` is the vault's last good copy, where there is one that can be read. */
export function unusedRecords(
  key: SealingKey,
  document: VaultDocument,
  index: RecordIndex,
  copy: VaultDocument | null,
): UnusedRecord[] {
  const problems = index.problems()
  if (problems.size === 0) return []
  const recovered = new Set(planRecovery(key, document, index, copy).recovered)
  return [...problems].map(([name, problem]) => {
    const [kind, id] = splitName(name)
    const shown = named.has(kind) ? (shownOf(document, name) ?? (copy && shownOf(copy, name))) : null
    const { name: ownName = null, serviceId = null } = shown ?? {}
    return { kind, id, problem, name: ownName, serviceId, recoverable: recovered.has(name) }
  })

  function shownOf({ records }: VaultDocument, name: string): z.infer<typeof shownSchema> | null {
    const jwe = records.get(name)
    if (jwe === undefined) return null
    try {
      return shownSchema.safeParse(JSON.parse(unseal(key, { vaultId: document.vaultId, name }, jwe))).data ?? null
    } catch {
      return null
    }
  }
}

/** A record's kind and id; a name that Grantdesk never gave has no kind. */
function splitName(name: string): [kind: string, id: string] {
  const at = name.indexOf(':')
  return at === -1 ? ['', name] : [name.slice(0, at), name.slice(at + 1)]
}
