// What the host tells its callers: everything once, then each change.
import { z } from 'zod'
import { attemptSchema } from './attempt.ts'
import { clientViewSchema } from './client.ts'
import { connectionViewSchema, removedConnectionSchema } from './connection.ts'
import { failureSchema } from './failure.ts'
import { flowEventSchema } from './flow/event.ts'
import { flowSummarySchema } from './flow/flow.ts'
import { practiceStatusSchema } from './practice.ts'
import { serviceViewSchema } from './service.ts'
import { settingsSchema } from './settings.ts'
import { vaultStatusSchema } from './vault.ts'

export const hostSchema = z.object({
  kind: z.enum(['desktop', 'serve', 'command']),
  version: z.string(),
  platform: z.string(),
  vaultFile: z.string(),
  /** Whether the host can put text on the system's clipboard; a browser tab must do it itself. */
  clipboard: z.boolean(),
  /** What this host hears of, at which the vault can lock by itself. */
  tellsOf: z.array(z.enum(['sleep', 'screen_lock'])),
})
export type HostView = z.infer<typeof hostSchema>

export const snapshotSchema = z.object({
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
})
export type Snapshot = z.infer<typeof snapshotSchema>

export const changeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('snapshot'), snapshot: snapshotSchema }),
  z.object({ kind: z.literal('services'), services: z.array(serviceViewSchema) }),
  z.object({ kind: z.literal('client'), client: clientViewSchema }),
  z.object({ kind: z.literal('client_removed'), id: z.string() }),
  z.object({ kind: z.literal('connection'), connection: connectionViewSchema }),
  z.object({ kind: z.literal('connection_removed'), id: z.string() }),
  /** All that can be put back now. */
  z.object({ kind: z.literal('removed'), removed: z.array(removedConnectionSchema) }),
  z.object({ kind: z.literal('attempt'), attempt: attemptSchema }),
  z.object({ kind: z.literal('attempt_removed'), id: z.string() }),
  /** It began, belongs to a connection by now, or ended; `failure` is why. */
  z.object({ kind: z.literal('flow'), flow: flowSummarySchema, failure: failureSchema.nullable() }),
  /** What was added to it or changed in it since; a later event of an id takes the earlier one's place. */
  z.object({
    kind: z.literal('flow_events'),
    flowId: z.string(),
    events: z.array(flowEventSchema),
    eventCount: z.number().int(),
  }),
  z.object({ kind: z.literal('flow_removed'), id: z.string() }),
  /** Something was added to it; what, is asked for by whoever shows it. */
  z.object({ kind: z.literal('history') }),
  z.object({ kind: z.literal('practice'), practice: practiceStatusSchema }),
  z.object({ kind: z.literal('settings'), settings: settingsSchema }),
])
/** The vault opening or locking changes everything at once and comes as a new snapshot. */
export type Change = z.infer<typeof changeSchema>

/** Every kind of change that this build knows. */
export const changeKinds: ReadonlySet<string> = new Set(changeSchema.options.map(({ shape }) => shape.kind.value))
