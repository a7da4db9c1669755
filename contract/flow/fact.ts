// The optional facts of events. One that is left out, or lost in a version that did not know it, is `null`.
import type { z } from 'zod'

/** A fact that an event may lack. */
export function optionalFact<Schema extends z.ZodType>(schema: Schema): z.ZodDefault<z.ZodNullable<Schema>> {
  const nullable: z.ZodNullable<z.ZodType> = schema.nullable()
  return nullable.default(null) as z.ZodDefault<z.ZodNullable<Schema>>
}
