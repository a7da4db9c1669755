// What the person decided in a flow, or for it: the question and the choice.
import { z } from 'zod'
import { accountDecisionSchema } from '../attempt.ts'
import { lazyUnion } from '../lazy-schema.ts'
import { clientAuthenticationSchema, pkceSchema } from '../service.ts'
import { optionalFact } from './fact.ts'

export const decisionSchema = lazyUnion('question', () => [
  /** The new tokens are another account's. */
  z.object({
    question: z.literal('other_account'),
    choice: accountDecisionSchema,
    connection: z.string(),
    heldBy: optionalFact(z.string()),
    signedInAs: optionalFact(z.string()),
  }),
  /** Whether to go on waiting: for the person, a pause, or an answer. */
  z.object({ question: z.literal('go_on'), choice: z.enum(['cancel']) }),
  /** Another PKCE method than the service is described with. */
  z.object({ question: z.literal('pkce'), choice: pkceSchema, described: pkceSchema }),
  /** Another client authentication method than the stored one, to be stored if it works. */
  z.object({
    question: z.literal('client_authentication'),
    choice: clientAuthenticationSchema,
    stored: clientAuthenticationSchema,
  }),
  /** Blanks or quotes around a value, which are usually left out. */
  z.object({
    question: z.literal('around_value'),
    choice: z.enum(['keep']),
    value: z.enum(['client_secret', 'password']),
  }),
])
export type PersonsDecision = z.infer<typeof decisionSchema>
