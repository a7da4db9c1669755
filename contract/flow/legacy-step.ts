// The steps of flows recorded by earlier versions: sentences and the parties involved. Shown unchanged.
import { z } from 'zod'
import { recordedRequestSchema, recordedResponseSchema } from './exchange.ts'
import { optionalFact } from './fact.ts'

const partySchema = z.enum(['grantdesk', 'browser', 'authorization_server', 'api'])
/** `other_program`: the client of a flow that Grantdesk did not make itself. */
export type Party = z.infer<typeof partySchema> | 'other_program'

export const legacyStepFacts = () => ({
  from: partySchema,
  to: partySchema,
  /** Duration in milliseconds. */
  ms: optionalFact(z.number()),
  title: z.string(),
  outcome: z.enum(['running', 'succeeded', 'failed', 'noted']),
  note: z.string().default(''),
  request: optionalFact(recordedRequestSchema),
  response: optionalFact(recordedResponseSchema),
})
