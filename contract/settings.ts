// The application's settings, encrypted in the vault and moved with it.
import { z } from 'zod'
import { lazyObject, lazyUnion } from './lazy-schema.ts'

/** When the vault locks automatically, as far as the host can detect these events. */
export const lockSettingsSchema = lazyObject(() => ({
  /** After being idle this long; `null` for never. */
  afterMinutes: z.number().int().min(1).max(1440).nullable(),
  onSleep: z.boolean(),
  onScreenLock: z.boolean(),
}))
export type LockSettings = z.infer<typeof lockSettingsSchema>

/** The fewest leave enough to understand the last failure; the most can still be listed at once. */
export const keepLimits = {
  /** Flows per connection. */
  flowsPerConnection: { fewest: 20, most: 2_000 },
  /** In total. */
  flows: { fewest: 100, most: 20_000 },
  /** On disk, in total. */
  flowMegabytes: { fewest: 16, most: 4_096 },
  /** History entries per connection. */
  historyPerConnection: { fewest: 50, most: 5_000 },
  /** In total. */
  history: { fewest: 500, most: 100_000 },
} as const

const within = ({ fewest, most }: { fewest: number; most: number }) => z.number().int().min(fewest).max(most)

/** How many flows and history entries to keep, within `keepLimits`. */
export const keepSettingsSchema = lazyObject(() => ({
  flowsPerConnection: within(keepLimits.flowsPerConnection),
  flows: within(keepLimits.flows),
  flowMegabytes: within(keepLimits.flowMegabytes),
  historyPerConnection: within(keepLimits.historyPerConnection),
  history: within(keepLimits.history),
}))
export type KeepSettings = z.infer<typeof keepSettingsSchema>

/** Enough for a few months with some dozens of connections, in little disk space. */
export const usualKeep: KeepSettings = {
  flowsPerConnection: 100,
  flows: 2_000,
  flowMegabytes: 128,
  historyPerConnection: 500,
  history: 5_000,
}

/** How services are reached. The password of a proxy of one's own is stored apart. */
export const proxySettingsSchema = lazyUnion('mode', () => [
  /** As the environment or the system says. */
  z.object({ mode: z.literal('automatic') }),
  z.object({ mode: z.literal('off') }),
  z.object({
    mode: z.literal('own'),
    /** `http://proxy.example:3128`, without credentials. */
    address: z
      .string()
      .trim()
      .max(300)
      .regex(
        /^(?:(?:https?|socks[45]?|socks4a|socks5h):\/\/)?(?:\[[0-9a-f:.]+\]|[^\s/@:[\]]+)(?::\d{1,5})?\/?$/i,
        'Write it as http://host:port, without user name and password.',
      ),
    user: z.string().trim().max(200).default(''),
    /** Hosts that are reached without it, as in NO_PROXY. */
    notFor: z.string().max(4000).default(''),
  }),
])
export type ProxySettings = z.infer<typeof proxySettingsSchema>

export const usualProxy: ProxySettings = { mode: 'automatic' }

export const settingsSchema = lazyObject(() => ({
  lock: lockSettingsSchema,
  keep: keepSettingsSchema.default(usualKeep),
  proxy: proxySettingsSchema.default(usualProxy),
}))
export type Settings = z.infer<typeof settingsSchema>

/** The defaults. */
export const usualSettings: Settings = {
  lock: { afterMinutes: 15, onSleep: true, onScreenLock: true },
  keep: usualKeep,
  proxy: usualProxy,
}
