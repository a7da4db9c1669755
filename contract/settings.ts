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

export const settingsSchema = z.object({ lock: lockSettingsSchema })
export type Settings = z.infer<typeof settingsSchema>

/** Until the person decides otherwise. */
export const usualSettings: Settings = { lock: { afterMinutes: 15, onSleep: true, onScreenLock: true } }
