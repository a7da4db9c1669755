// The vault's document on disk: its schema and version. Rejects anything it does not fully understand, because writing over a
// document that was only half understood would lose the other half.
import { z } from 'zod'
import type { RecordKind } from '../records.ts'
import { documentVersion } from './document-versions.ts'
import { StringTable } from './string-table.ts'

const format = 'grantdesk-vault'
const version = documentVersion

const slotSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    id: z.string(),
    kind: z.literal('keychain'),
    keychain: z.enum(['electron-safe-storage', 'keyring']),
    /** The backend's real name when the slot was made. */
    label: z.string(),
    /** A ciphertext for the keychain to decrypt, or a reference to its entry. */
    sealed: z.string(),
  }),
  z.strictObject({ id: z.string(), kind: z.literal('passphrase'), jwe: z.string() }),
])
export type DocumentSlot = z.infer<typeof slotSchema>
export type KeychainSlot = Extract<DocumentSlot, { kind: 'keychain' }>
export type PassphraseSlot = Extract<DocumentSlot, { kind: 'passphrase' }>

const tableSchema = z.record(z.string(), z.string()).transform((members) => new StringTable(Object.entries(members)))

const commonShape = {
  format: z.literal(format),
  vaultId: z.string().min(1),
  createdAt: z.number(),
  /**
   * At most one with a passphrase and one for each kind of keychain. Since each is tried, an untrusted file with more of them
   * could make every guess slow.
   */
  slots: z
    .array(slotSchema)
    .min(1)
    .max(8)
    .refine((slots) => slots.filter(({ kind }) => kind === 'passphrase').length <= 1),
  /** A JWE under the data key: a key that cannot decrypt it is not this vault's and is never used to write. */
  check: z.string(),
  /** `kind:id` to a compact JWE under the data key. */
  records: tableSchema,
}

const documentSchema = z.discriminatedUnion('version', [
  z.strictObject({
    ...commonShape,
    version: z.literal(version),
    /** JWEs under the data key: the current version of each record, in parts. */
    index: tableSchema,
  }),
  z.strictObject({ ...commonShape, version: z.literal(2), index: z.string() }),
  z.strictObject({ ...commonShape, version: z.literal(1) }),
])

/** `index` is one JWE in a vault of version 2, and `null` in one of version 1. */
export type VaultDocument = Omit<z.output<(typeof documentSchema)['options'][0]>, 'index'> & {
  index: StringTable | string | null
}

/** A record's name in the document and in its own protected header. */
export type RecordName = `${RecordKind}:${string}`

export function recordName(kind: RecordKind, id: string): RecordName {
  return `${kind}:${id}`
}

/** A new vault. */
export function emptyDocument(
  parts: Pick<VaultDocument, 'vaultId' | 'createdAt' | 'slots' | 'check' | 'index'>,
): VaultDocument {
  return { format, version, records: new StringTable(), ...parts }
}

/** The document, or why it is invalid, without quoting its content. */
export function parseDocument(raw: unknown): { document: VaultDocument } | { why: string; newer?: true } {
  const parsed = documentSchema.safeParse(raw)
  if (parsed.success) {
    const { data } = parsed
    return { document: { ...data, version, index: 'index' in data ? data.index : null } }
  }
  const named = z.looseObject({ format: z.literal(format), version: z.number() }).safeParse(raw)
  if (!named.success) return { why: 'The file is not a Grantdesk vault, or it is damaged. It was left as it is.' }
  if (named.data.version > version) {
    return {
      why: 'The vault was written by a newer Grantdesk. It was left as it is.',
      newer: true,
    }
  }
  return { why: 'The vault is damaged: parts of it are missing or unreadable. It was left as it is.' }
}
