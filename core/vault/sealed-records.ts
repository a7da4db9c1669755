// Records between their sealed form and ours, while the vault is open. Owns the data key's use and what is kept decrypted:
// profiles only, so that listing is quick; never anything with a secret in it.
import { z } from 'zod'
import { type ApartRecords, type RecordChange, type RecordKind, type RecordValue, recordSchemas } from '../records.ts'
import { type LineCipher, lineCipher } from '../sealed-log/line-cipher.ts'
import { type RecordName, recordName, type VaultDocument } from './document.ts'
import { unknownMembers } from './document-versions.ts'
import { pseudonymKey, pseudonymOf } from './pseudonym.ts'
import { seal, unseal } from './sealing.ts'
import { brokenRecord, isBroken, lockedVault, printable } from './vault-problems.ts'

/** The kinds that hold no secret and are listed again and again. */
const keptKinds: ReadonlySet<RecordKind> = new Set(['connection', 'client', 'service'])

/** `jwe` is `null` for a record to remove. */
export interface SealedChange {
  name: RecordName
  jwe: string | null
}

export interface SealedRecords extends ApartRecords {
  read<Kind extends RecordKind>(kind: Kind, id: string): Promise<RecordValue<Kind> | undefined>
  list<Kind extends RecordKind>(kind: Kind): Promise<{ id: string; value: RecordValue<Kind> }[]>
  /** Of all that lies there, damaged ones too. */
  ids(kind: RecordKind): string[]
  /** Seals what the changes hold at this moment; nothing is written. */
  seal(changes: RecordChange[]): Promise<SealedChange[]>
  pseudonym(secret: string): string
  /** For what lies in logs of its own, outside the document. */
  readonly lines: LineCipher
  /** Lends the data key for as long as `work` takes; it is not to be kept. */
  lendKey<T>(work: (dataKey: Uint8Array) => Promise<T>): Promise<T>
  /** Overwrites the keys and drops what was kept. */
  forget(): void
}

/** The records that `current` gives, under `dataKey`, which is owned from here on; `damaged` is told what `list` skips. */
export function sealedRecords(
  dataKey: Uint8Array,
  vaultId: string,
  current: () => VaultDocument['records'],
  damaged: (name: string) => void,
): SealedRecords {
  let forgotten = false
  const namingKey = pseudonymKey(dataKey, vaultId)
  const lines = lineCipher(dataKey, vaultId)
  /** Beside each value the sealed form it came from: a record that was written since does not match it any more. */
  const kept = new Map<RecordName, { jwe: string; value: unknown }>()

  async function open<Kind extends RecordKind>(kind: Kind, name: RecordName, jwe: string): Promise<RecordValue<Kind>> {
    const known = kept.get(name)
    // A kept value is what `decode` made for this kind and name.
    if (known?.jwe === jwe) return structuredClone(known.value) as RecordValue<Kind>
    const text = await unseal(dataKey, { vaultId, name }, jwe).catch(() => {
      throw forgotten ? lockedVault() : brokenRecord(name)
    })
    const value = decode(kind, name, text)
    if (keptKinds.has(kind)) kept.set(name, { jwe, value: structuredClone(value) })
    return value
  }

  /** What this Grantdesk does not know of the record that lies there: a newer one has put it there, and finds it again. */
  async function unknownOf(kind: RecordKind, name: RecordName): Promise<Record<string, unknown>> {
    const jwe = current()[name]
    // What is damaged, or comes late to a vault that was shut, has nothing to say.
    const text = jwe === undefined ? '{}' : await unseal(dataKey, { vaultId, name }, jwe).catch(() => '{}')
    return unknownMembers(kind, text)
  }

  async function sealOne(change: RecordChange): Promise<SealedChange> {
    if ('remove' in change) return { name: recordName(change.remove, change.id), jwe: null }
    const name = recordName(change.put, change.id)
    const text = encode(change.put, name, change.value)
    const unknown = await unknownOf(change.put, name)
    const whole = Object.keys(unknown).length === 0 ? text : JSON.stringify({ ...unknown, ...JSON.parse(text) })
    return { name, jwe: await seal(dataKey, { vaultId, name }, whole) }
  }

  return {
    async read(kind, id) {
      const name = recordName(kind, id)
      const jwe = current()[name]
      return jwe === undefined ? undefined : await open(kind, name, jwe)
    },
    async list(kind) {
      const prefix = recordName(kind, '')
      const found = Object.entries(current()).filter(([name]) => name.startsWith(prefix))
      const opened = await Promise.all(
        found.map(async ([name, jwe]) => {
          const id = name.slice(prefix.length)
          try {
            return [{ id, value: await open(kind, recordName(kind, id), jwe) }]
          } catch (error) {
            // It costs only itself. A vault that was locked meanwhile is another matter: it must not look empty.
            if (!isBroken(error)) throw error
            damaged(printable(name))
            return []
          }
        }),
      )
      return opened.flat()
    },
    ids(kind) {
      const prefix = recordName(kind, '')
      return Object.keys(current())
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.slice(prefix.length))
    },
    sealApart: async (kind, id, value) => {
      const name = recordName(kind, id)
      return seal(dataKey, { vaultId, name }, encode(kind, name, value))
    },
    openApart: async (kind, id, jwe) => open(kind, recordName(kind, id), jwe),
    seal: (changes) => Promise.all(changes.map(sealOne)),
    pseudonym: (secret) => pseudonymOf(namingKey, secret),
    lines,
    async lendKey(work) {
      if (forgotten) throw lockedVault()
      return work(dataKey)
    },
    forget() {
      forgotten = true
      kept.clear()
      dataKey.fill(0)
      namingKey.fill(0)
      lines.forget()
    },
  }
}

/** The records with the changes made, later ones over earlier ones. */
export function withChanges(records: VaultDocument['records'], changes: SealedChange[]): VaultDocument['records'] {
  const changed = { ...records }
  for (const { name, jwe } of changes) {
    if (jwe === null) delete changed[name]
    else changed[name] = jwe
  }
  return changed
}

/** The schema of one kind; the compiler cannot follow a generic index into the table by itself. */
function schemaOf<Kind extends RecordKind>(kind: Kind): z.ZodType<RecordValue<Kind>> {
  return recordSchemas[kind] as unknown as z.ZodType<RecordValue<Kind>>
}

function decode<Kind extends RecordKind>(kind: Kind, name: RecordName, text: string): RecordValue<Kind> {
  let wire: unknown
  try {
    wire = JSON.parse(text)
  } catch {
    throw brokenRecord(name)
  }
  const decoded = z.safeDecode(schemaOf(kind), wire as never)
  if (!decoded.success) throw brokenRecord(name)
  return decoded.data
}

/** A value that does not fit is a bug of ours; the error names places in it, never what stands there. */
function encode<Kind extends RecordKind>(kind: Kind, name: RecordName, value: RecordValue<Kind>): string {
  const encoded = z.safeEncode(schemaOf(kind), value)
  if (encoded.success) return JSON.stringify(encoded.data)
  const places = encoded.error.issues.map((issue) => issue.path.join('.')).join(', ')
  throw new TypeError(`The record ${name} does not fit its schema at: ${places}`)
}
