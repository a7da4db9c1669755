// Runs the application in this process, for `serve` or for the duration of a command: starts and closes it, and opens the
// socket through which other commands reach the vault meanwhile.

import { isUnderWay } from '../contract/attempt.ts'
import type { Snapshot } from '../contract/change.ts'
import type { Holder, VaultStatus } from '../contract/vault.ts'
import { type App, createApp } from '../core/app.ts'
import { openCommandDoor } from '../core/door/command-door.ts'
import { type LocalSocket, openLocalSocket } from '../core/door/local-socket.ts'
import { closeWithRetries } from './closing.ts'
import { unwrap } from './command-error.ts'
import { isMissing, noVault, type WhenMissing, withoutVault } from './missing-vault.ts'
import { note } from './output.ts'
import { makePorts } from './ports.ts'

export interface Host {
  app: App
  /** The other host that holds the vault; `null` if this one does. */
  holder: Holder | null
  /** Lets other commands use this host: `serve` at once, a command only if it takes longer than usual. */
  admitOthers(): Promise<void>
  /** Waits until the commands that use this host have their answers. */
  close(): Promise<void>
}

export interface StartOptions {
  whenMissing?: WhenMissing
  /** Whether the keychain's current name is shown, which takes a moment to find out. */
  showsKeychain?: boolean | undefined
}

/** Starts the application; throws a CommandError if there is no vault and `whenMissing` is `refuse`. */
export async function startHost(
  kind: 'serve' | 'command',
  folder: string,
  { whenMissing = 'make', showsKeychain }: StartOptions = {},
): Promise<Host> {
  const ports = makePorts(kind, folder, showsKeychain)
  const missing = whenMissing !== 'make' && isMissing(ports.document)
  if (missing && whenMissing === 'refuse') throw noVault(folder)
  const app = createApp(missing ? withoutVault(ports) : ports)
  await app.start()
  const vault = unwrap(await app.call('vault.status', {}, 'host')) as VaultStatus
  let commands: Pick<LocalSocket, 'close'> | null = null
  return {
    app,
    holder: vault.state === 'busy' ? vault.holder : null,
    async admitOthers() {
      if (missing) return
      if (kind === 'serve') {
        const door = openCommandDoor(folder, app, ports.log)
        await door.tried
        commands = door
        return
      }
      commands = openSocketLater(folder, app)
    },
    async close() {
      await commands?.close()
      await closeWithRetries(app)
    },
  }
}

/** A command that ends sooner (ms) opens no socket: others get the vault as quickly by waiting. */
const socketDelay = 50

function openSocketLater(folder: string, app: App): Pick<LocalSocket, 'close'> {
  let opening: Promise<LocalSocket | null> | null = null
  const timer = setTimeout(() => {
    // If the folder allows no socket, this command works anyway and others wait.
    opening = openLocalSocket(folder, app).catch(() => null)
  }, socketDelay)
  return {
    async close() {
      clearTimeout(timer)
      const opened = await opening
      if (opened) await closeSocket(opened, app)
    },
  }
}

/** A note is printed if it takes longer (ms). */
const noteAfter = 2_000

/** Closes it once the commands that use it have their answers. */
async function closeSocket(socket: LocalSocket, app: App): Promise<void> {
  const timer = setTimeout(() => {
    note('Another grantdesk command is under way through this one, which ends with it. Ctrl-C ends both at once.')
  }, noteAfter).unref()
  const stillUsed = async () => (await snapshotOf(app)).attempts.some(isUnderWay)
  await socket.close({ timeout: null, stillUsed }).finally(() => clearTimeout(timer))
}

async function snapshotOf(app: App): Promise<Snapshot> {
  return unwrap(await app.call('app.snapshot', {}, 'host')) as Snapshot
}
