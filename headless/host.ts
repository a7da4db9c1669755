// A command's own host, for as long as it takes: the application on the vault in this folder. Owns starting and ending it,
// the socket by which others reach the vault meanwhile, and what is said when another host holds the vault.

import { isUnderWay } from '../contract/attempt.ts'
import type { Snapshot } from '../contract/change.ts'
import type { Holder, VaultStatus } from '../contract/vault.ts'
import { type App, createApp } from '../core/app.ts'
import { openCommandDoor } from '../core/door/command-door.ts'
import { type LocalSocket, openLocalSocket } from '../core/door/local-socket.ts'
import { closePatiently } from './closing.ts'
import { unwrap } from './command-error.ts'
import { isMissing, noVault, type WhenMissing, withoutVault } from './missing-vault.ts'
import { note } from './output.ts'
import { makePorts } from './ports.ts'

export interface Host {
  app: App
  /** Who holds the vault, `null` where this host does. */
  holder: Holder | null
  /** Lets other commands come through this host: from now on, and through a command's as soon as it takes longer. */
  admitOthers(): Promise<void>
  /** A command's host stays until those that came through it are answered. */
  close(): Promise<void>
}

export interface StartOptions {
  whenMissing?: WhenMissing
  /** Whether what the keychain is called today is shown: finding out takes a moment. */
  showsKeychain?: boolean | undefined
}

/** Starts the application; throws a CommandError where there is no vault and none is to be made. */
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
      commands = openSoon(folder, app)
    },
    async close() {
      await commands?.close()
      await closePatiently(app)
    },
  }
}

/** A command that ends sooner (ms) opens no socket: whoever wants the vault meanwhile has it as quickly by waiting. */
const brief = 50

function openSoon(folder: string, app: App): Pick<LocalSocket, 'close'> {
  let opening: Promise<LocalSocket | null> | null = null
  const timer = setTimeout(() => {
    // A folder that takes no socket keeps nobody from working in it: others wait for their turn then.
    opening = openLocalSocket(folder, app).catch(() => null)
  }, brief)
  return {
    async close() {
      clearTimeout(timer)
      const socket = await opening
      if (socket) await closeSocket(socket, app)
    },
  }
}

/** Longer than this (ms) is spoken of. */
const unremarkable = 2_000

async function closeSocket(socket: LocalSocket, app: App): Promise<void> {
  const timer = setTimeout(() => {
    note('Another grantdesk command is under way through this one, which ends with it. Ctrl-C ends both at once.')
  }, unremarkable).unref()
  const stillUsed = async () => (await snapshotOf(app)).attempts.some(isUnderWay)
  await socket.close({ timeout: null, stillUsed }).finally(() => clearTimeout(timer))
}

async function snapshotOf(app: App): Promise<Snapshot> {
  return unwrap(await app.call('app.snapshot', {}, 'host')) as Snapshot
}
