// How the secrets are protected, always with the real backend's name, and whether they are accessible now.
import { z } from 'zod'
import { lazyObject, lazyUnion } from './lazy-schema.ts'

export const keySlotSchema = lazyUnion('kind', () => [
  z.object({
    kind: z.literal('keychain'),
    id: z.string(),
    /** The backend's real name: the current one if this host has opened it, else the one when it was added. */
    label: z.string(),
    openable: z.boolean(),
    /** The name when it was added, if it differs from the current one. */
    madeWith: z.string().optional(),
  }),
  z.object({
    kind: z.literal('passphrase'),
    id: z.string(),
    label: z.string(),
    /** The key derivation, in words; `null` if its entry is damaged. */
    derivation: z.string().nullable(),
    /** When the person set it; `null` if unknown. */
    setAt: z.number().nullable(),
  }),
])
export type KeySlot = z.infer<typeof keySlotSchema>

export const holderSchema = lazyObject(() => ({
  host: z.enum(['desktop', 'serve', 'command']),
  pid: z.number().int(),
  since: z.number(),
  machine: z.string(),
  /** Its process may be on another machine or in a sandbox, so we cannot see whether it runs: it counts as alive. */
  unseen: z.literal(true).optional(),
}))
export type Holder = z.infer<typeof holderSchema>

/** How the person finds or ends the host that has the vault open. */
export function howToFree({ host, pid, machine, unseen }: Holder): string {
  if (unseen) {
    return `Whether it still runs cannot be seen from here. Quit it there; if it has ended, “grantdesk vault release ${machine}” takes its lock away.`
  }
  if (host === 'desktop') return 'Use its window, or quit it. Commands go through it by themselves.'
  if (host === 'serve')
    return `Use the tab that it serves, or stop it: Ctrl-C where it was started, or end process ${pid}.`
  return `It ends by itself when it is done; to stop it, end process ${pid}.`
}

export const vaultStatusSchema = lazyUnion('state', () => [
  /** No vault yet and no keychain to protect it: needs a passphrase. `why` says what is missing. */
  z.object({ state: z.literal('new'), why: z.string() }),
  z.object({
    state: z.literal('locked'),
    reason: z.enum([
      'keychain_locked',
      'keychain_unavailable',
      'passphrase_needed',
      'locked_by_hand',
      'locked_by_itself',
    ]),
    why: z.string(),
    slots: z.array(keySlotSchema),
  }),
  z.object({ state: z.literal('open'), openedWith: z.string(), slots: z.array(keySlotSchema) }),
  z.object({ state: z.literal('busy'), holder: holderSchema }),
  z.object({
    state: z.literal('broken'),
    why: z.string(),
    /** What to do about it, worded for any host. */
    remedy: z.string(),
    file: z.string(),
    /** There is an intact copy of the vault, written then (ms): `vault.recover` restores it. */
    lastGood: z.object({ writtenAt: z.number() }).optional(),
  }),
])
export type VaultStatus = z.infer<typeof vaultStatusSchema>

/** The minimum length when a passphrase is set. */
export const shortestPassphrase = 8
