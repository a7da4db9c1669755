// A flow: the recorded exchange of one attempt, an ordered list of steps. Secrets are pseudonyms before they get here,
// so a flow is always complete and always safe to share.
import { z } from 'zod'
import { failureSchema } from './failure.ts'

export const partySchema = z.enum(['grantdesk', 'browser', 'authorization_server', 'api'])
export type Party = z.infer<typeof partySchema>

const headersSchema = z.array(z.tuple([z.string(), z.string()]))

export const stepSchema = z.object({
  id: z.string(),
  at: z.number(),
  /** Milliseconds it took; `null` while it is under way and for steps that take no time. */
  ms: z.number().nullable(),
  from: partySchema,
  to: partySchema,
  title: z.string(),
  outcome: z.enum(['running', 'succeeded', 'failed', 'noted']),
  note: z.string().default(''),
  request: z
    .object({ method: z.string(), url: z.string(), headers: headersSchema, body: z.string().nullable() })
    .nullable(),
  response: z
    .object({
      status: z.number().int(),
      statusText: z.string(),
      headers: headersSchema,
      body: z.string().nullable(),
      truncated: z.boolean(),
    })
    .nullable(),
})
export type Step = z.infer<typeof stepSchema>

export const flowSummarySchema = z.object({
  id: z.string(),
  kind: z.enum(['connect', 'refresh', 'revoke', 'identify', 'request', 'discover']),
  title: z.string(),
  serviceId: z.string(),
  connectionId: z.string().nullable(),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  outcome: z.enum(['running', 'succeeded', 'failed', 'cancelled']),
  stepCount: z.number().int(),
})
export type FlowSummary = z.infer<typeof flowSummarySchema>
export type FlowKind = FlowSummary['kind']

export const flowSchema = flowSummarySchema.extend({
  steps: z.array(stepSchema),
  failure: failureSchema.nullable(),
})
export type Flow = z.infer<typeof flowSchema>
