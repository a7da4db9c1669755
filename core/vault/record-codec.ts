// A record's value as the text that is encrypted, and back, by the schema of its kind.
import { z } from 'zod'
import { type RecordKind, type RecordValue, recordSchemas } from '../records.ts'
import type { RecordName } from './document.ts'
import { withTodaysMembers } from './document-versions.ts'
import { brokenRecord } from './vault-problems.ts'

/** A kind's schema; the cast is needed because the compiler cannot follow a generic index. */
function schemaOf<Kind extends RecordKind>(kind: Kind): z.ZodType<RecordValue<Kind>> {
  return recordSchemas[kind] as unknown as z.ZodType<RecordValue<Kind>>
}

/** The value of a decrypted record. Throws `vault_broken` if it does not fit its schema. */
export function decodeRecord<Kind extends RecordKind>(kind: Kind, name: RecordName, text: string): RecordValue<Kind> {
  let wire: unknown
  try {
    wire = JSON.parse(text)
  } catch {
    throw brokenRecord(name, 'unreadable')
  }
  const decoded = z.safeDecode(schemaOf(kind), withTodaysMembers(kind, wire) as never)
  if (!decoded.success) throw brokenRecord(name, 'unreadable')
  return decoded.data
}

/** The text to encrypt. A value that does not fit the schema is a bug; the error names paths in it, never values. */
export function encodeRecord<Kind extends RecordKind>(kind: Kind, name: RecordName, value: RecordValue<Kind>): string {
  const encoded = z.safeEncode(schemaOf(kind), value)
  if (encoded.success) return JSON.stringify(encoded.data)
  const places = encoded.error.issues.map((issue) => issue.path.join('.')).join(', ')
  throw new TypeError(`The record ${name} does not fit its schema at: ${places}`)
}
