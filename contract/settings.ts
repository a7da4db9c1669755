// The application's settings, encrypted in the vault and moved with it.
import { z } from 'zod'

/** When the vault locks automatically, as far as the host can detect these events. */
export const lockSettingsSchema = z.object({
  /** After being idle this long; `null` for never. */
  afterMinutes: z.number().int().min(1).max(1440).nullable(),
  onSleep: z.boolean(),
  onScreenLock: z.boolean(),
})
export type LockSettings = z.infer<typeof lockSettingsSchema>

/**
 * How many flows and history entries to keep. The minimums leave enough to understand the last failure; the maximums can
 * still be listed at once.
 */
export const keepSettingsSchema = z.object({
  /** Flows per connection. */
  flowsPerConnection: z.number().int().min(20).max(2_000),
  /** In total. */
  flows: z.number().int().min(100).max(20_000),
  /** On disk, in total. */
  flowMegabytes: z.number().int().min(16).max(4_096),
  /** History entries per connection. */
  historyPerConnection: z.number().int().min(50).max(5_000),
  /** In total. */
  history: z.number().int().min(500).max(100_000),
})
export type KeepSettings = z.infer<typeof keepSettingsSchema>

/** Enough for a few months with some dozens of connections, in little disk space. */
export const usualKeep: KeepSettings = {
  flowsPerConnection: 100,
  flows: 2_000,
  flowMegabytes: 128,
  historyPerConnection: 500,
  history: 5_000,
}

export const settingsSchema = z.object({ lock: lockSettingsSchema, keep: keepSettingsSchema.default(usualKeep) })
export type Settings = z.infer<typeof settingsSchema>

/** The defaults. */
export const usualSettings: Settings = {
  lock: { afterMinutes: 15, onSleep: true, onScreenLock: true },
  keep: usualKeep,
}
