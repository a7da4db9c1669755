// A flow: the record of one attempt, a sequence of typed events. Secrets are pseudonyms before they get here, so a flow is
// always complete and always safe to share.
import { z } from 'zod'
import { failureSchema } from '../failure.ts'
import { flowEventSchema } from './event.ts'

/** What a flow is about; what it has nothing to say of is `null`. */
export const flowAboutSchema = z.object({
  service: z.string().nullable(),
  /** The name of the connection it was begun for. */
  connection: z.string().nullable(),
  /** Of a test request. */
  method: z.string().nullable(),
  path: z.string().nullable(),
  /** The workspace that was looked for. */
  workspace: z.string().nullable(),
  /** The host that was asked for its metadata. */
  host: z.string().nullable(),
  /** What earlier versions called it. */
  title: z.string().nullable(),
})
export type FlowAbout = z.infer<typeof flowAboutSchema>

export const flowSummarySchema = z.object({
  id: z.string(),
  kind: z.enum(['connect', 'refresh', 'revoke', 'identify', 'request', 'discover']),
  about: flowAboutSchema,
  serviceId: z.string(),
  connectionId: z.string().nullable(),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  outcome: z.enum(['running', 'succeeded', 'failed', 'cancelled']),
  eventCount: z.number().int(),
})
export type FlowSummary = z.infer<typeof flowSummarySchema>
export type FlowKind = FlowSummary['kind']

export const flowSchema = flowSummarySchema.extend({
  events: z.array(flowEventSchema),
  failure: failureSchema.nullable(),
})
export type Flow = z.infer<typeof flowSchema>

/** A flow as it was kept: `missing` counts events that were damaged on the disk or could not be written. */
export const keptFlowSchema = flowSchema.extend({ missing: z.number().int() })
export type KeptFlow = z.infer<typeof keptFlowSchema>

/** The events with newer ones: each takes the place of the one of its id, or comes last. */
export function withEvents<Event extends { id: string }>(events: Event[], newer: Event[]): Event[] {
  const byId = new Map(events.map((event) => [event.id, event]))
  for (const event of newer) byId.set(event.id, event)
  return [...byId.values()]
}
