// What a vault’s version says, and what becomes of a vault that another Grantdesk wrote. Owns the rule by which shapes change:
//
// - A record may gain members at its top level, and the vault new kinds of records, without a new version. The schemas give
//   older records today's members by their defaults; older Grantdesks keep members and kinds that they do not know.
// - Anything else, a member that moves, means something else or goes, a new way to open the vault, is a new version: this
//   number is raised, and `parseDocument` learns to bring the version before into today's form.
//
// Version 2 has a sealed list of the records' versions (`index`), version 3 has it in parts. A vault of an earlier version gets
// today's list with its first write.
//
// Refuses a newer version whole: to write over what was half understood would lose the other half.
import { z } from 'zod'
import { type RecordKind, recordSchemas } from '../records.ts'

/** The version of today's document, and of the records in it. */
export const documentVersion = 3

/** Members of stored records that have another name today; those of version 1 have the former one. */
const renamedMembers: Partial<Record<RecordKind, Readonly<Record<string, string>>>> = {
  connection: { standing: 'status', unsettled: 'outcomeUnknown' },
}

/** The stored record with today's member names. Anything that is not an object is returned as it is. */
export function withTodaysNames(kind: RecordKind, stored: unknown): unknown {
  const names = renamedMembers[kind]
  if (!names || !isObject(stored) || !Object.keys(names).some((former) => Object.hasOwn(stored, former))) return stored
  return Object.fromEntries(Object.entries(stored).map(([name, value]) => [names[name] ?? name, value]))
}

/** The members of a stored record that its schema does not have; none for a record with a version of its own. */
export function unknownMembers(kind: RecordKind, text: string): Record<string, unknown> {
  const declared: z.ZodType = recordSchemas[kind]
  const schema = declared instanceof z.ZodLazy ? declared.unwrap() : declared
  if (!(schema instanceof z.ZodObject)) return {}
  const stored = parsed(text)
  if (!isObject(stored)) return {}
  const known = { ...schema.shape, ...renamedMembers[kind] }
  return Object.fromEntries(Object.entries(stored).filter(([name]) => !Object.hasOwn(known, name)))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
