// A command's own host, for as long as it takes: the application on the vault in this folder. Owns starting and ending it,
// the socket by which others reach the vault meanwhile, and what is said when another host holds the vault.
import { type Holder, howToFree } from '../contract/vault.ts'
import { type App, createApp } from '../core/app.ts'
import { type CommandDoor, openCommandDoor } from '../core/door/command-door.ts'
import { closePatiently } from './closing.ts'
import { Complaint, unwrap } from './complaint.ts'
import { makePorts } from './ports.ts'
import { clockTime } from './words.ts'

export interface Host {
  app: App
  /** Who holds the vault, `null` where this host does. */
  holder: Holder | null
  close(): Promise<void>
}

/** Starts the application; `reachable` lets other commands through to it while it holds the vault. */
export async function startHost(kind: 'serve' | 'command', folder: string, reachable: boolean): Promise<Host> {
  const ports = makePorts(kind, folder)
  const app = createApp(ports)
  await app.start()
  const { vault } = unwrap(await app.call('app.snapshot', {}, 'host')) as { vault: { state: string; holder?: Holder } }
  const holder = vault.holder ?? null
  const commands: CommandDoor | null = reachable && holder === null ? openCommandDoor(folder, app, ports.log) : null
  await commands?.tried
  return {
    app,
    holder,
    async close() {
      await commands?.close()
      await closePatiently(app)
    },
  }
}

export const hostWords: Record<Holder['host'], string> = {
  desktop: 'the desktop app',
  serve: '“grantdesk serve”',
  command: 'another grantdesk command',
}

/** Names the holder: what it is, its process, since when; and how to reach or end it. */
export function heldBy(holder: Holder, more = ''): Complaint {
  const who = `${hostWords[holder.host]} (process ${holder.pid} on ${holder.machine}, since ${clockTime(holder.since)})`
  return new Complaint(`The vault is held by ${who}${more}.`, howToFree(holder))
}
