// A flow: the record of one attempt, a sequence of typed events. Secrets have been replaced with pseudonyms, so a flow is
// always complete and safe to share.
import { z } from 'zod'
import { failureSchema } from '../failure.ts'
import { lazyObject } from '../lazy-schema.ts'
import { flowEventSchema } from './event.ts'
import { optionalFact } from './fact.ts'

/** What a flow is about; `null` for what does not apply. */
export const flowAboutSchema = lazyObject(() => ({
  service: optionalFact(z.string()),
  /** The name of the connection that it started with. */
  connection: optionalFact(z.string()),
  /** For test requests. */
  method: optionalFact(z.string()),
  path: optionalFact(z.string()),
  /** The workspace that was looked up. */
  workspace: optionalFact(z.string()),
  /** The host that was asked for metadata. */
  host: optionalFact(z.string()),
  /** The service's page where granted access can be ended. */
  grantsPage: optionalFact(z.string()),
  /** A revocation is only checked again, and not requested. */
  checksRevocation: z.boolean().default(false),
  /** The program that recorded it, in its own words, if it was imported from a file. */
  importedFrom: optionalFact(z.string()),
  /** The title that an earlier version gave it. */
  title: optionalFact(z.string()),
}))
export type FlowAbout = z.infer<typeof flowAboutSchema>

/** Whether another program recorded it: a file may say anything, and is no history of ours. */
export function isImported({ about }: { about: Pick<FlowAbout, 'importedFrom'> }): boolean {
  return about.importedFrom !== null
}

export const flowSummarySchema = lazyObject(() => ({
  id: z.string(),
  kind: z.enum(['connect', 'refresh', 'revoke', 'identify', 'request', 'discover']),
  about: flowAboutSchema,
  serviceId: z.string(),
  connectionId: z.string().nullable(),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  outcome: z.enum(['running', 'succeeded', 'failed', 'cancelled']),
  eventCount: z.number().int(),
}))
export type FlowSummary = z.infer<typeof flowSummarySchema>
export type FlowKind = FlowSummary['kind']

export const flowSchema = lazyObject(() => ({
  ...flowSummarySchema.unwrap().shape,
  events: z.array(flowEventSchema),
  failure: failureSchema.nullable(),
}))
export type Flow = z.infer<typeof flowSchema>

/** A stored flow: `missing` counts events that are damaged on disk or could not be written. */
export const keptFlowSchema = lazyObject(() => ({ ...flowSchema.unwrap().shape, missing: z.number().int() }))
export type KeptFlow = z.infer<typeof keptFlowSchema>

/** Merges newer events: each replaces the one with its id, or is added at the end. */
export function withEvents<Event extends { id: string }>(events: Event[], newer: Event[]): Event[] {
  const byId = new Map(events.map((event) => [event.id, event]))
  for (const event of newer) byId.set(event.id, event)
  return [...byId.values()]
}
