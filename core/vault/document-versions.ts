// The version of the vault's document, and how vaults of other versions are read. The rule for changes:
//
// - New members at a record's top level and new kinds of records need no new version. The schemas' defaults add the new members to
//   older records; older versions of Grantdesk keep members and kinds that they do not know.
// - Anything else (a member that moves, changes its meaning or is removed, a new kind of key slot) is a new version: raise the
//   number, and let `parseDocument` read the version before it.
//
// Version 2 has a sealed list of the records' versions (`index`), version 3 has it in parts. A vault of an earlier version gets
// today's list with its first write, and its check is then bound to today's version (see downgrade.ts).
//
// A newer version is rejected as a whole, because writing it back would lose what was not understood.

import { z } from 'zod'
import { isObject, parseJson } from '../json-path.ts'
import { isLoopback } from '../loopback.ts'
import { type RecordKind, recordSchemas } from '../records.ts'

/** The present version of the document and its records. */
export const documentVersion = 3

/** Renamed members of stored records, from their former names (in version 1) to today's. */
const renamedMembers: Partial<Record<RecordKind, Readonly<Record<string, string>>>> = {
  connection: { standing: 'status', unsettled: 'outcomeUnknown' },
}

/** The stored record with today's members. Anything that is not an object is returned as it is. */
export function withTodaysMembers(kind: RecordKind, stored: unknown): unknown {
  if (kind === 'client') return withPracticeMark(stored)
  const names = renamedMembers[kind]
  if (!names || !isObject(stored) || !Object.keys(names).some((former) => Object.hasOwn(stored, former))) return stored
  return Object.fromEntries(Object.entries(stored).map(([name, value]) => [names[name] ?? name, value]))
}

/** Before clients were marked, those at practice services had names that begin so, and addresses on this machine. */
function withPracticeMark(stored: unknown): unknown {
  if (!isObject(stored) || Object.hasOwn(stored, 'practice')) return stored
  const { name, baseUrl } = stored
  const isNamed = typeof name === 'string' && name.startsWith('Practice ')
  const url = typeof baseUrl === 'string' ? URL.parse(baseUrl) : null
  return { ...stored, practice: isNamed && url !== null && isLoopback(url.hostname) }
}

/** The members of a stored record that its schema does not have; none for a record with a version of its own. */
export function unknownMembers(kind: RecordKind, text: string): Record<string, unknown> {
  const declared: z.ZodType = recordSchemas[kind]
  const schema = declared instanceof z.ZodLazy ? declared.unwrap() : declared
  if (!(schema instanceof z.ZodObject)) return {}
  const stored = parseJson(text)
  if (!isObject(stored)) return {}
  const known = { ...schema.shape, ...renamedMembers[kind] }
  return Object.fromEntries(Object.entries(stored).filter(([name]) => !Object.hasOwn(known, name)))
}
