// What the person decides about the application as a whole. It is kept sealed in the vault and goes wherever that goes.
import { z } from 'zod'

/** When the vault locks by itself. A host keeps to what it can be told of. */
export const lockSettingsSchema = z.object({
  /** Without use for so long; `null` for never. */
  afterMinutes: z.number().int().min(1).max(1440).nullable(),
  onSleep: z.boolean(),
  onScreenLock: z.boolean(),
})
export type LockSettings = z.infer<typeof lockSettingsSchema>

/**
 * How much is kept of what happened. The least of each leaves enough to understand the last failure; the most is what a
 * listing still takes in at once.
 */
export const keepSettingsSchema = z.object({
  /** Flows of one connection. */
  flowsPerConnection: z.number().int().min(20).max(2_000),
  /** Of all together. */
  flows: z.number().int().min(100).max(20_000),
  /** On disk, all together. */
  flowMegabytes: z.number().int().min(16).max(4_096),
  /** Entries of one connection's history. */
  historyPerConnection: z.number().int().min(50).max(5_000),
  /** Of all together. */
  history: z.number().int().min(500).max(100_000),
})
export type KeepSettings = z.infer<typeof keepSettingsSchema>

/** A few months of a person with some dozens of connections, and less than a photo album on disk. */
export const usualKeep: KeepSettings = {
  flowsPerConnection: 100,
  flows: 2_000,
  flowMegabytes: 128,
  historyPerConnection: 500,
  history: 5_000,
}

export const settingsSchema = z.object({ lock: lockSettingsSchema, keep: keepSettingsSchema.default(usualKeep) })
export type Settings = z.infer<typeof settingsSchema>

/** Until the person decides otherwise. */
export const usualSettings: Settings = {
  lock: { afterMinutes: 15, onSleep: true, onScreenLock: true },
  keep: usualKeep,
}
