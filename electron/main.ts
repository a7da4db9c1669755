// The desktop host: puts the application behind one window. Composition only; every refusal and every port has its own file.
import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, type BrowserWindow, dialog, Menu, powerMonitor, screen } from 'electron'
import { snapshotSchema } from '../contract/change.ts'
import { type App, createApp } from '../core/app.ts'
import { type CommandDoor, openCommandDoor } from '../core/door/command-door.ts'
import { prepareFolder, vaultFolder } from '../core/folder.ts'
import { internalFailure } from '../core/internal-failure.ts'
import type { Log } from '../core/ports.ts'
import { errorCode, systemRemedy } from '../core/vault/system-error.ts'
import { openDoor } from './ipc.ts'
import { fileLog } from './log.ts'
import { menuTemplate } from './menu.ts'
import { placeBook } from './place-book.ts'
import { desktopPorts } from './ports.ts'
import { beforeLeaving } from './quit.ts'
import { refuseTheRest } from './refusals.ts'
import { registerScheme, serveRenderer } from './scheme.ts'
import { openWindow, presentWindow } from './window.ts'

/** Beside the built main process. */
const preload = join(import.meta.dirname, 'preload.cjs')
const renderer = join(import.meta.dirname, '../renderer')

/** One window at most; `show` opens it or brings it forward. */
function windowKeeper(ownFolder: string, log: Log) {
  const places = placeBook(ownFolder, () => screen.getAllDisplays().map((display) => display.workArea))
  let window: BrowserWindow | null = null
  const current = () => (window?.isDestroyed() ? null : window)
  return {
    current,
    show() {
      const open = current()
      if (open) presentWindow(open)
      else window = openWindow(preload, places, log)
    },
  }
}

async function run(application: App, keeper: ReturnType<typeof windowKeeper>, log: Log): Promise<void> {
  await app.whenReady()
  serveRenderer(renderer)
  const lock = () => void application.call('vault.lock', {}, 'window')
  const choices = { platform: process.platform, packaged: app.isPackaged, lock }
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(choices)))
  openDoor(application, keeper.current, log)
  app.on('second-instance', keeper.show)
  app.on('activate', keeper.show)
  powerMonitor.on('resume', application.wake)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  // Opening the vault may make the keychain ask the person: the window is there first, to say why.
  keeper.show()
  await application.start()
}

/** Tries the keychain again that kept us waiting, unless the person has found another way meanwhile, or locked the vault. */
async function goOn(application: App): Promise<void> {
  const answer = await application.call('app.snapshot', {}, 'host')
  if (!answer.ok) return
  const { vault } = snapshotSchema.parse(answer.value)
  const waits = vault.state === 'new' || (vault.state === 'locked' && vault.reason === 'keychain_locked')
  if (waits) await application.call('vault.retry', {}, 'host')
}

function begin(folder: string, ownFolder: string): void {
  const log = fileLog(join(ownFolder, 'grantdesk.log'))
  process.on('uncaughtException', (error) => internalFailure(error, log))
  process.on('unhandledRejection', (reason) => internalFailure(reason, log))
  refuseTheRest(log)
  const keeper = windowKeeper(ownFolder, log)
  const ports = desktopPorts(folder, log, { onKeychain: () => void goOn(application), onNotice: keeper.show })
  const application = createApp(ports)
  let commands: CommandDoor | null = null
  const close = async (evenIfLost: boolean) => {
    const door = commands
    commands = null
    await door?.close()
    await application.close({ evenIfLost })
  }
  beforeLeaving({ close: () => close(false), closeEvenIfLost: () => close(true) }, log)
  run(application, keeper, log)
    .then(() => {
      commands = openCommandDoor(folder, application, log)
    })
    .catch((error: unknown) => {
      const failure = internalFailure(error, log)
      dialog.showErrorBox(failure.message, failure.remedy ?? '')
      app.quit()
    })
}

function start(): void {
  const folder = vaultFolder(process.env, process.platform, homedir())
  const ownFolder = join(folder, 'electron')
  try {
    prepareFolder(folder)
    prepareFolder(ownFolder)
  } catch (error) {
    dialog.showErrorBox(`Grantdesk cannot use its folder ${folder}${errorCode(error)}.`, systemRemedy(error))
    app.exit(1)
    return
  }
  app.setPath('userData', ownFolder)
  if (app.requestSingleInstanceLock()) begin(folder, ownFolder)
  else app.quit()
}

// Chromium does not start as root with its sandbox: whoever must (a container) says --no-sandbox, and means it. The
// window's own sandboxed preload stays as it is.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
registerScheme()
start()
