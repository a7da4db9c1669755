// The application behind the window: this host's ports, and the socket that commands connect to. A separate file, so that
// the window is drawn before all of this code is loaded.
import { app } from 'electron'
import { snapshotSchema } from '../contract/change.ts'
import { type App, createApp } from '../core/app.ts'
import { type CommandDoor, openCommandDoor } from '../core/door/command-door.ts'
import { internalFailure } from '../core/internal-failure.ts'
import type { Log } from '../core/ports.ts'
import { catalogue, presets } from '../core/services/catalogue.ts'
import { type AppAddresses, appAddresses, type Launch } from './app-addresses.ts'
import { type PageDoor, pageDoor } from './page-door.ts'
import { desktopPorts } from './ports.ts'
import { rememberedSchemes } from './remembered-schemes.ts'
import { schemeRegistration } from './scheme-registration.ts'

export interface DesktopApplication extends App, PageDoor {
  /** The arguments of a second start, or an address that the system hands over: anybody's. */
  arrived: AppAddresses['arrived']
}

/** How the system starts this app; in a checkout Electron is told which app it is. */
function launchOf({ execPath, env }: NodeJS.Process): Launch {
  const parameters = app.isPackaged ? [] : [app.getAppPath()]
  return { program: env.APPIMAGE ?? execPath, parameters, home: env.GRANTDESK_HOME }
}

/** Tries a slow keychain again, unless the person has unlocked another way or locked the vault in the meantime. */
async function retryKeychain(application: App): Promise<void> {
  const answer = await application.call('app.snapshot', {}, 'host')
  if (!answer.ok) return
  const { vault } = snapshotSchema.parse(answer.value)
  const waits = vault.state === 'new' || (vault.state === 'locked' && vault.reason === 'keychain_locked')
  if (waits) await application.call('vault.retry', {}, 'host')
}

/** Reads the descriptions of the services that Grantdesk comes with, which are kept once they are read. */
function readServices(): void {
  catalogue()
  presets()
}

/** The application for the vault in `folder`; `showWindow` runs when a notification is clicked. */
export function createDesktopApplication(
  folder: string,
  ownFolder: string,
  log: Log,
  showWindow: () => void,
): DesktopApplication {
  const schemes = rememberedSchemes(ownFolder, schemeRegistration(app, launchOf(process), process))
  const { receive, arrived } = appAddresses(schemes)
  const news = { onKeychain: () => void retryKeychain(application), onNotice: showWindow }
  const ports = desktopPorts(folder, log, news, receive)
  const application = createApp(ports)
  const opened = Promise.withResolvers<void>()
  let commands: CommandDoor | null = null
  return {
    ...application,
    ...pageDoor(application, opened.promise),
    arrived,
    async start() {
      await schemes.releaseLeft().catch((error: unknown) => void internalFailure(error, log))
      const started = application.start()
      // Every window is shown them first, and reading them takes longer than the keychain, which is asked by now.
      setImmediate(readServices)
      await started.finally(opened.resolve)
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
