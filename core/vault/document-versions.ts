// What a vault’s version says, and what becomes of a vault that another Grantdesk wrote. Owns the rule by which shapes change:
//
// - A record may gain members at its top level, and the vault new kinds of records, without a new version. The schemas give
//   older records today's members by their defaults; older Grantdesks keep members and kinds that they do not know.
// - Anything else, a member that moves, means something else or goes, a new way to open the vault, is a new version: this
//   number is raised, and `parseDocument` learns to bring the version before into today's form.
//
// Version 2 has a sealed list of the records' versions (`index`); a vault of version 1 gets one when it is opened.
//
// Refuses a newer version whole: to write over what was half understood would lose the other half.
import { z } from 'zod'
import { type RecordKind, recordSchemas } from '../records.ts'

/** The version of today's document, and of the records in it. */
export const documentVersion = 2

/** Members of stored records that have another name today; those of version 1 have the former one. */
const renamedMembers: Partial<Record<RecordKind, Readonly<Record<string, string>>>> = {
  connection: { standing: 'status', unsettled: 'outcomeUnknown' },
}

/** A stored record under the names of today. What is no record is left as it is. */
export function withTodaysNames(kind: RecordKind, stored: unknown): unknown {
  const names = renamedMembers[kind]
  const members = z.record(z.string(), z.unknown()).safeParse(stored)
  if (!names || !members.success) return stored
  return Object.fromEntries(Object.entries(members.data).map(([name, value]) => [names[name] ?? name, value]))
}

/** The members of a stored record that its schema does not know. One that keeps a version of its own has none. */
export function unknownMembers(kind: RecordKind, text: string): Record<string, unknown> {
  const schema: z.ZodType = recordSchemas[kind]
  if (!(schema instanceof z.ZodObject)) return {}
  const stored = z.record(z.string(), z.unknown()).safeParse(parsed(text))
  if (!stored.success) return {}
  const known = { ...schema.shape, ...renamedMembers[kind] }
  return Object.fromEntries(Object.entries(stored.data).filter(([name]) => !Object.hasOwn(known, name)))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
