// How a command reaches the vault: through the host that holds it, or by becoming the host. Waits for a holder that cannot be
// used yet and prints a note about it. Only a holder that is suspended, invisible from here, or running without a socket is
// given up, with an error that says which.
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

/** The pause between two looks at the holder (ms), which grows. Looks are counted, not time, so a starved process counts few. */
const firstPause = 100
const longestPause = 1_000

/** After so many looks, about three seconds, a note is printed. */
const looksBeforeNote = 10

/** The same for a host that was reached and does not answer, in seconds. */
const silenceBeforeNote = 3

/** A command that holds the vault usually ends soon: one that takes long looks so many times before it uses that host. */
const looksAtCommand = 7

/** A holder that is invisible from here may have ended long ago, as only the person knows: given up after so many looks. */
const mostLooksUnseen = 8

/** Other hosts than commands open a socket when they start: one without is given up after so many looks, about a minute. */
const mostLooksClosed = 90

export interface Wanted {
  /** Whether the command takes long, so that another command's short-lived host is a bad choice. */
  lasting: boolean
  whenMissing: WhenMissing
  /** Whether the keychain's current name is shown. */
  showsKeychain?: boolean | undefined
}

/** Connects to the vault's holder, or becomes the host; throws a CommandError if the holder cannot be reached. */
export async function connectToHost(folder: string, { lasting, ...start }: Wanted): Promise<HostConnection> {
  for (;;) {
    const remote = await connectToHolder(folder, lasting)
    if (remote) return throughHost(remote)
    const own = await becomeHost(folder, start)
    if (own) return own
  }
}

/** The door of the vault's holder, `null` if nobody holds it; throws a CommandError if the holder cannot be reached. */
export async function connectToHolder(folder: string, lasting = false): Promise<RemoteDoor | null> {
  let watched: Watched | null = null
  for (;;) {
    const holder = holderIn(folder)
    if (holder === null) return null
    watched = watch(watched, holder)
    if (!lasting || holder.host !== 'command' || watched.looks > looksAtCommand) {
      const remote = await throughHolder(folder, watched)
      if (remote) return remote
    }
    const why = whyGiveUp(watched)
    if (why) throw why
    await wait(watched)
  }
}

/** An unreadable lock counts as none: the host that then tries to take it has the error. */
function holderIn(folder: string): Holder | null {
  try {
    return holderOf(folder)
  } catch {
    return null
  }
}

/** `null` if another host was quicker. */
async function becomeHost(folder: string, options: StartOptions): Promise<HostConnection | null> {
  const { startHost } = await import('./host.ts')
  const host = await startHost('command', folder, options)
  if (host.holder === null) return ownHost(host)
  await host.close()
  return null
}

/** The holder's door once it answers; `null` if it has none, stops, or does not answer. */
function throughHolder(folder: string, watched: Watched): Promise<RemoteDoor | null> {
  return openRemoteDoor(folder, {
    shouldGiveUp(seconds) {
      watched.silent = seconds
      if (seconds >= silenceBeforeNote) noteOnce(watched)
      return seconds >= mostSilentChecks || isStopped(watched.holder)
    },
  })
}

function whyGiveUp({ holder, looks, silent }: Watched): CommandError | null {
  if (isStopped(holder)) return suspended(holder)
  if (silent >= mostSilentChecks) return heldBy(holder, ', and it does not answer')
  if (holder.unseen && looks >= mostLooksUnseen) return heldBy(holder, ', and it cannot be reached from here')
  if (holder.host !== 'command' && looks >= mostLooksClosed) return heldBy(holder, ', and it takes no commands')
  return null
}

const isStopped = (holder: Holder) => !holder.unseen && holder.machine === hostname() && isSuspended(holder.pid)

/** The door of an application in this process. */
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
  looks: number
  /** For how many seconds it has not answered. */
  silent: number
  noted: boolean
}

/** Starts counting again for another holder. */
function watch(before: Watched | null, holder: Holder): Watched {
  if (before?.holder.pid === holder.pid && before.holder.since === holder.since) return before
  return { holder, looks: 0, silent: 0, noted: false }
}

async function wait(watched: Watched): Promise<void> {
  watched.looks += 1
  if (watched.looks > looksBeforeNote) noteOnce(watched)
  // Random, so that many waiting commands do not all look at once.
  const longest = Math.min(firstPause * 1.3 ** (watched.looks - 1), longestPause)
  await pause(longest * (0.5 + Math.random() / 2))
}

function noteOnce(watched: Watched): void {
  const { holder, noted } = watched
  if (!noted) note(`Waiting for ${hostWords[holder.host]} (process ${holder.pid}), which holds the vault …`)
  watched.noted = true
}
