// The application behind the window, with the ports of this host and the socket by which commands reach it. A file of its own
// so that the window is drawn before all of this is read.
import { snapshotSchema } from '../contract/change.ts'
import { type App, createApp } from '../core/app.ts'
import { type CommandDoor, openCommandDoor } from '../core/door/command-door.ts'
import type { Log } from '../core/ports.ts'
import { type PageDoor, pageDoor } from './page-door.ts'
import { desktopPorts } from './ports.ts'

export interface DesktopApplication extends App, PageDoor {}

/** Tries the keychain again that kept us waiting, unless the person has found another way meanwhile, or locked the vault. */
async function retryKeychain(application: App): Promise<void> {
  const answer = await application.call('app.snapshot', {}, 'host')
  if (!answer.ok) return
  const { vault } = snapshotSchema.parse(answer.value)
  const waits = vault.state === 'new' || (vault.state === 'locked' && vault.reason === 'keychain_locked')
  if (waits) await application.call('vault.retry', {}, 'host')
}

/** The application on the vault in `folder`; `showWindow` is what a click on a notification does. */
export function createDesktopApplication(folder: string, log: Log, showWindow: () => void): DesktopApplication {
  const ports = desktopPorts(folder, log, { onKeychain: () => void retryKeychain(application), onNotice: showWindow })
  const application = createApp(ports)
  let commands: CommandDoor | null = null
  return {
    ...application,
    ...pageDoor(application),
    async start() {
      await application.start()
      commands = openCommandDoor(folder, application, log)
    },
    async close(options) {
      const door = commands
      commands = null
      await door?.close()
      await application.close(options)
    },
  }
}
