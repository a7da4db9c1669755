// How the secrets are protected, and whether they can be reached now: always the real backend by its name.
import { z } from 'zod'

export const keySlotSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('keychain'),
    id: z.string(),
    /** The backend's real name: today's where this host has opened it, else the one on the day it was added. */
    label: z.string(),
    openable: z.boolean(),
    /** The name on the day it was added, where today's is another. */
    madeWith: z.string().optional(),
  }),
  z.object({
    kind: z.literal('passphrase'),
    id: z.string(),
    label: z.string(),
    /** How slowly the key comes of it, in words; `null` where its entry is damaged. */
    derivation: z.string().nullable(),
    /** When the person set it; `null` where that was not written down. */
    setAt: z.number().nullable(),
  }),
])
export type KeySlot = z.infer<typeof keySlotSchema>

export const holderSchema = z.object({
  host: z.enum(['desktop', 'serve', 'command']),
  pid: z.number().int(),
  since: z.number(),
  machine: z.string(),
  /** Whether its process runs cannot be seen from here, on another machine or in a sandbox, or told: it counts as alive. */
  unseen: z.literal(true).optional(),
})
export type Holder = z.infer<typeof holderSchema>

/** How a person reaches the host that holds the vault, or ends it. */
export function howToFree({ host, pid, machine, unseen }: Holder): string {
  if (unseen) {
    return `Whether it still runs cannot be seen from here. Quit it there; if it has ended, “grantdesk vault release ${machine}” takes its lock away.`
  }
  if (host === 'desktop') return 'Use its window, or quit it. Commands go through it by themselves.'
  if (host === 'serve')
    return `Use the tab that it serves, or stop it: Ctrl-C where it was started, or end process ${pid}.`
  return `It ends by itself when it is done; to stop it, end process ${pid}.`
}

export const vaultStatusSchema = z.discriminatedUnion('state', [
  /** Nothing stored yet and no keychain to protect it: a passphrase is asked for. `why` says what is missing. */
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
    /** What to do about it, in words for every host. */
    remedy: z.string(),
    file: z.string(),
    /** A whole copy of the vault is there, written then (ms): `vault.recover` puts it in the file's place. */
    lastGood: z.object({ writtenAt: z.number() }).optional(),
  }),
])
export type VaultStatus = z.infer<typeof vaultStatusSchema>

/** Shorter ones are refused when a passphrase is set. */
export const shortestPassphrase = 8
