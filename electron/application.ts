// The application behind the window: this host's ports, and the socket that commands connect to. A separate file, so that
// the window is drawn before all of this code is loaded.
import { snapshotSchema } from '../contract/change.ts'
import { type App, createApp } from '../core/app.ts'
import { type CommandDoor, openCommandDoor } from '../core/door/command-door.ts'
import type { Log } from '../core/ports.ts'
import { type PageDoor, pageDoor } from './page-door.ts'
import { desktopPorts } from './ports.ts'

export interface DesktopApplication extends App, PageDoor {}

/** Tries a slow keychain again, unless the person has unlocked another way or locked the vault in the meantime. */
async function retryKeychain(application: App): Promise<void> {
  const answer = await application.call('app.snapshot', {}, 'host')
  if (!answer.ok) return
  const { vault } = snapshotSchema.parse(answer.value)
  const waits = vault.state === 'new' || (vault.state === 'locked' && vault.reason === 'keychain_locked')
  if (waits) await application.call('vault.retry', {}, 'host')
}

/** The application for the vault in `folder`; `showWindow` runs when a notification is clicked. */
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
