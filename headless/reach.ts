// How a command gets to the vault: through the host that holds it, or as its own host. Owns waiting for a holder that cannot
// be reached yet, and what is said of it.
import { setTimeout as pause } from 'node:timers/promises'
import type { Door } from '../contract/caller.ts'
import type { Holder } from '../contract/vault.ts'
import type { App } from '../core/app.ts'
import { openRemoteDoor, type RemoteDoor } from '../core/door/remote-door.ts'
import { type Host, heldBy, hostWords, startHost } from './host.ts'
import type { Reached } from './moving-door.ts'
import { note } from './output.ts'

/** How long one holder is waited for (ms): commands are brief, but may ask their person; other hosts may just be starting. */
const waitFor: Record<Holder['host'], number> = { command: 20_000, serve: 2_000, desktop: 2_000 }

/** Waiting that takes longer is spoken of (ms). */
const unremarkable = 3_000

/** A brief command that holds the vault will soon be gone: one that takes long waits so long before it goes through it (ms). */
const soonGone = 2_000

/** The host that holds the vault in `folder`, or a host of our own; throws a Complaint that names one that cannot be reached. */
export async function reachVault(folder: string, lasting: boolean): Promise<Reached> {
  let watched: Watched | null = null
  for (;;) {
    const host = await startHost('command', folder)
    if (host.holder === null) return ownHost(host)
    await host.close()
    const { holder } = host
    watched = watch(watched, holder)
    const waited = Date.now() - watched.began
    if (!lasting || holder.host !== 'command' || waited > soonGone) {
      const remote = await openRemoteDoor(folder)
      if (remote) return throughHost(remote)
    }
    if (waited > waitFor[holder.host]) {
      throw heldBy(holder, holder.host === 'command' ? ', which is busy' : ', and it does not answer')
    }
    if (waited > unremarkable) tellOnce(watched)
    await pause(100)
  }
}

/** The same door for a caller in the host's own process. */
export function ownDoor(app: App): Door {
  return {
    call: (name, input) => app.call(name, input, 'command') as never,
    listen: (onChange) => app.listen(onChange),
  }
}

const never = new Promise<void>(() => undefined)

function ownHost({ app, admitOthers, close }: Host): Reached {
  const { call, listen } = ownDoor(app)
  return { ask: call, listen, ended: never, close, admitOthers }
}

function throughHost({ ask, listen, ended, close }: RemoteDoor): Reached {
  return { ask, listen, ended, close: async () => close(), admitOthers: async () => undefined }
}

interface Watched {
  holder: Holder
  /** Since when this one is waited for. */
  began: number
  told: boolean
}

/** Each holder is waited for anew. */
function watch(before: Watched | null, holder: Holder): Watched {
  if (before?.holder.pid === holder.pid && before.holder.since === holder.since) return before
  return { holder, began: Date.now(), told: false }
}

function tellOnce(watched: Watched): void {
  const { holder, told } = watched
  if (!told) note(`Waiting for ${hostWords[holder.host]} (process ${holder.pid}), which holds the vault …`)
  watched.told = true
}
