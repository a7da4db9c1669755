// How a command gets to the vault: through the host that holds it, or as its own host. Owns waiting for a holder that cannot
// be gone through yet, and what is said of it. A holder that lives is waited for; only one that is stopped, that nobody here
// can see, or that stays and opens no socket is given up, with words that say which.
import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import type { Door } from '../contract/caller.ts'
import type { Holder } from '../contract/vault.ts'
import type { App } from '../core/app.ts'
import { mostSilentChecks, openRemoteDoor, type RemoteDoor } from '../core/door/remote-door.ts'
import { holderOf } from '../core/vault/ownership.ts'
import { isSuspended } from '../core/vault/process-life.ts'
import type { CommandError } from './command-error.ts'
import { heldBy, hostWords, suspended } from './holder-words.ts'
import type { Host, StartOptions } from './host.ts'
import type { WhenMissing } from './missing-vault.ts'
import { note } from './output.ts'
import type { HostConnection } from './reconnecting-door.ts'

/** One look at the holder a turn (ms), and less often the longer it takes: a process that gets no turn itself counts none. */
const turn = 100
const longestTurn = 1_000

/** Waiting that takes more turns is spoken of; they add up to three seconds. */
const unremarkable = 10

/** The same of seconds in which a host that has been reached does not answer. */
const unremarkableSilence = 3

/** A brief command that holds the vault will soon be gone: one that takes long waits so many turns before it goes through it. */
const soonGone = 7

/** A holder that cannot be seen from here may have ended long ago, and only its person knows: after so many turns it is named. */
const mostTurnsUnseen = 8

/** A host that stays opens its socket as it starts; after so many turns, about a minute, it has none. */
const mostTurnsClosed = 90

export interface Wanted {
  /** For what takes long, for which a brief command should rather not be the host. */
  lasting: boolean
  whenMissing: WhenMissing
  /** Whether what the keychain is called today is shown. */
  showsKeychain?: boolean | undefined
}

/** The host that holds the vault in `folder`, or a host of our own; throws a CommandError that names one that cannot be reached. */
export async function connectToHost(folder: string, { lasting, ...start }: Wanted): Promise<HostConnection> {
  for (;;) {
    const remote = await connectToHolder(folder, lasting)
    if (remote) return throughHost(remote)
    const own = await becomeHost(folder, start)
    if (own) return own
  }
}

/**
 * The door of whoever holds the vault in `folder`, `null` where nobody does; throws a CommandError that names one that cannot be
 * reached.
 */
export async function connectToHolder(folder: string, lasting = false): Promise<RemoteDoor | null> {
  let watched: Watched | null = null
  for (;;) {
    const holder = holderIn(folder)
    if (holder === null) return null
    watched = watch(watched, holder)
    if (!lasting || holder.host !== 'command' || watched.turns > soonGone) {
      const remote = await throughHolder(folder, watched)
      if (remote) return remote
    }
    const why = whyGiveUp(watched)
    if (why) throw why
    await wait(watched)
  }
}

/** What cannot be read in the lock's place is told of by the host that would take it. */
function holderIn(folder: string): Holder | null {
  try {
    return holderOf(folder)
  } catch {
    return null
  }
}

/** `null` where somebody else was quicker. */
async function becomeHost(folder: string, options: StartOptions): Promise<HostConnection | null> {
  // Loaded by a command that becomes its own host, and by no other.
  const { startHost } = await import('./host.ts')
  const host = await startHost('command', folder, options)
  if (host.holder === null) return ownHost(host)
  await host.close()
  return null
}

/** Its door, as soon as it answers; `null` where it has none, leaves, or does not come to answering. */
function throughHolder(folder: string, watched: Watched): Promise<RemoteDoor | null> {
  return openRemoteDoor(folder, {
    shouldGiveUp(turns) {
      watched.silent = turns
      if (turns >= unremarkableSilence) tellOnce(watched)
      return turns >= mostSilentChecks || isStopped(watched.holder)
    },
  })
}

function whyGiveUp({ holder, turns, silent }: Watched): CommandError | null {
  if (isStopped(holder)) return suspended(holder)
  if (silent >= mostSilentChecks) return heldBy(holder, ', and it does not answer')
  if (holder.unseen && turns >= mostTurnsUnseen) return heldBy(holder, ', and it cannot be reached from here')
  if (holder.host !== 'command' && turns >= mostTurnsClosed) return heldBy(holder, ', and it takes no commands')
  return null
}

const isStopped = (holder: Holder) => !holder.unseen && holder.machine === hostname() && isSuspended(holder.pid)

/** The same door for a caller in the host's own process. */
export function ownDoor(app: App): Door {
  return {
    call: (name, input) => app.call(name, input, 'command') as never,
    listen: (onChange) => app.listen(onChange),
  }
}

const never = new Promise<void>(() => undefined)

function ownHost({ app, admitOthers, close }: Host): HostConnection {
  const { call, listen } = ownDoor(app)
  return { ask: call, listen, ended: never, close, admitOthers }
}

function throughHost({ ask, listen, ended, close }: RemoteDoor): HostConnection {
  return { ask, listen, ended, close: async () => close(), admitOthers: async () => undefined }
}

interface Watched {
  holder: Holder
  /** How often it was looked at in vain. */
  turns: number
  /** How many seconds it was listened to in vain. */
  silent: number
  told: boolean
}

/** Each holder is waited for anew. */
function watch(before: Watched | null, holder: Holder): Watched {
  if (before?.holder.pid === holder.pid && before.holder.since === holder.since) return before
  return { holder, turns: 0, silent: 0, told: false }
}

async function wait(watched: Watched): Promise<void> {
  watched.turns += 1
  if (watched.turns > unremarkable) tellOnce(watched)
  // Of many that wait, not all look at once.
  const longest = Math.min(turn * 1.3 ** (watched.turns - 1), longestTurn)
  await pause(longest * (0.5 + Math.random() / 2))
}

function tellOnce(watched: Watched): void {
  const { holder, told } = watched
  if (!told) note(`Waiting for ${hostWords[holder.host]} (process ${holder.pid}), which holds the vault …`)
  watched.told = true
}
