// What the host sends its callers: a snapshot, then each change.
import { z } from 'zod'
import { attemptSchema } from './attempt.ts'
import { clientViewSchema } from './client.ts'
import { connectionViewSchema, removedConnectionSchema } from './connection.ts'
import { damagedRecordSchema } from './damage.ts'
import { failureSchema } from './failure.ts'
import { flowEventSchema } from './flow/event.ts'
import { flowSummarySchema } from './flow/flow.ts'
import { lazyObject, lazyUnion } from './lazy-schema.ts'
import { practiceStatusSchema } from './practice.ts'
import { serviceViewSchema } from './service.ts'
import { settingsSchema } from './settings.ts'
import { vaultStatusSchema } from './vault.ts'
import { deliverySchema, webhookViewSchema } from './webhook.ts'

export const hostSchema = lazyObject(() => ({
  kind: z.enum(['desktop', 'serve', 'command']),
  version: z.string(),
  platform: z.string(),
  vaultFile: z.string(),
  /** Whether the host can write to the system's clipboard; otherwise the browser tab does it itself. */
  clipboard: z.boolean(),
  /** The events that this host can detect, for locking the vault automatically. */
  tellsOf: z.array(z.enum(['sleep', 'screen_lock'])),
}))
export type HostView = z.infer<typeof hostSchema>

export const snapshotSchema = lazyObject(() => ({
  host: hostSchema,
  vault: vaultStatusSchema,
  services: z.array(serviceViewSchema),
  clients: z.array(clientViewSchema),
  connections: z.array(connectionViewSchema),
  /** Newest first. */
  removed: z.array(removedConnectionSchema),
  attempts: z.array(attemptSchema),
  flows: z.array(flowSummarySchema),
  practice: practiceStatusSchema,
  settings: settingsSchema,
  /** What of the vault cannot be used. */
  damaged: z.array(damagedRecordSchema).default([]),
  /** Files of the vault that other users of the machine had access to, until somebody dismisses the notice. */
  exposed: z.array(z.string()).default([]),
  /** Of the services that have a listener or a stored secret. */
  webhooks: z.array(webhookViewSchema).default([]),
}))
export type Snapshot = z.infer<typeof snapshotSchema>

export const changeSchema = lazyUnion('kind', () => [
  z.object({ kind: z.literal('snapshot'), snapshot: snapshotSchema }),
  z.object({ kind: z.literal('services'), services: z.array(serviceViewSchema) }),
  z.object({ kind: z.literal('client'), client: clientViewSchema }),
  z.object({ kind: z.literal('client_removed'), id: z.string() }),
  z.object({ kind: z.literal('connection'), connection: connectionViewSchema }),
  z.object({ kind: z.literal('connection_removed'), id: z.string() }),
  /** All connections that can be restored now. */
  z.object({ kind: z.literal('removed'), removed: z.array(removedConnectionSchema) }),
  z.object({ kind: z.literal('attempt'), attempt: attemptSchema }),
  z.object({ kind: z.literal('attempt_removed'), id: z.string() }),
  /** A flow began, ended, or now belongs to a connection; `failure` says why it failed. */
  z.object({ kind: z.literal('flow'), flow: flowSummarySchema, failure: failureSchema.nullable() }),
  /** New or updated events of a flow; an event replaces the earlier one with its id. */
  z.object({
    kind: z.literal('flow_events'),
    flowId: z.string(),
    events: z.array(flowEventSchema),
    eventCount: z.number().int(),
  }),
  z.object({ kind: z.literal('flow_removed'), id: z.string() }),
  /** There are new entries; callers that show the history fetch them. */
  z.object({ kind: z.literal('history') }),
  z.object({ kind: z.literal('webhook'), webhook: webhookViewSchema }),
  z.object({ kind: z.literal('webhook_delivery'), delivery: deliverySchema }),
  /** Deliveries that are no longer kept. */
  z.object({ kind: z.literal('webhook_deliveries_removed'), ids: z.array(z.string()) }),
  z.object({ kind: z.literal('practice'), practice: practiceStatusSchema }),
  z.object({ kind: z.literal('settings'), settings: settingsSchema }),
])
/** Unlocking or locking the vault changes everything, so a new snapshot is sent. */
export type Change = z.infer<typeof changeSchema>

const changeKinds: Record<Change['kind'], true> = {
  snapshot: true,
  services: true,
  client: true,
  client_removed: true,
  connection: true,
  connection_removed: true,
  removed: true,
  attempt: true,
  attempt_removed: true,
  flow: true,
  flow_events: true,
  flow_removed: true,
  history: true,
  webhook: true,
  webhook_delivery: true,
  webhook_deliveries_removed: true,
  practice: true,
  settings: true,
}

/** Whether this build knows that kind of change; a newer host may send others. */
export function isChangeKind(kind: string): kind is Change['kind'] {
  return Object.hasOwn(changeKinds, kind)
}
