// The desktop host's entry point and the order of its start: what must be set up before Electron is ready, then the window,
// then the application, which is loaded and opened while the page loads. Only wires the other files together.
import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, type BrowserWindow, dialog, Menu, powerMonitor, screen } from 'electron'
import { prepareFolder, vaultFolder } from '../core/folder.ts'
import { internalFailure } from '../core/internal-failure.ts'
import type { Log } from '../core/ports.ts'
import { errorCode, systemRemedy } from '../core/vault/system-error.ts'
import type { DesktopApplication } from './application.ts'
import { openDoor } from './ipc.ts'
import { fileLog } from './log.ts'
import { menuTemplate } from './menu.ts'
import { placeStore } from './place-store.ts'
import { beforeLeaving } from './quit.ts'
import { refuseTheRest } from './refusals.ts'
import { registerScheme, serveRenderer } from './scheme.ts'
import { openWindow, presentWindow } from './window.ts'

/** Built next to the main process. */
const preload = join(import.meta.dirname, 'preload.cjs')
const renderer = join(import.meta.dirname, '../renderer')

/** One window at most; `show` opens it or brings it forward. */
function windowKeeper(ownFolder: string, log: Log) {
  const places = placeStore(ownFolder, () => screen.getAllDisplays().map((display) => display.workArea))
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

type WindowKeeper = ReturnType<typeof windowKeeper>

/**
 * Shows the window and settles once its page has its document. Loading the application blocks this process, which can serve
 * nothing meanwhile, but the page's own process takes as long to start and to ask for more. Calls that the page makes before
 * the application is ready wait for it.
 */
async function showWindow(application: Promise<DesktopApplication>, keeper: WindowKeeper, log: Log): Promise<void> {
  // Electron would build a menu of its own first.
  Menu.setApplicationMenu(null)
  await app.whenReady()
  const served = serveRenderer(renderer)
  openDoor(application, keeper.current, log)
  app.on('second-instance', (_event, argv) => {
    keeper.show()
    void application.then(({ arrived }) => arrived(argv))
  })
  app.on('activate', keeper.show)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  // Opening the vault may bring up the keychain's prompt, so show the window first, to explain it.
  keeper.show()
  const lock = () => void application.then(({ call }) => call('vault.lock', {}, 'window'))
  const choices = { platform: process.platform, packaged: app.isPackaged, lock }
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(choices)))
  await served
}

function begin(folder: string, ownFolder: string): void {
  const log = fileLog(join(ownFolder, 'grantdesk.log'))
  process.on('uncaughtException', (error) => internalFailure(error, log))
  process.on('unhandledRejection', (reason) => internalFailure(reason, log))
  refuseTheRest(log)
  const keeper = windowKeeper(ownFolder, log)
  const loading = Promise.withResolvers<DesktopApplication>()
  // macOS sends it before the app is ready, too.
  app.on('open-url', (event, url) => {
    event.preventDefault()
    void loading.promise.then(({ arrived }) => {
      keeper.show()
      arrived([url])
    })
  })
  const closing = (evenIfLost: boolean) => async () => (await loading.promise).close({ evenIfLost })
  beforeLeaving({ close: closing(false), closeEvenIfLost: closing(true) }, log)

  async function run(): Promise<void> {
    await showWindow(loading.promise, keeper, log)
    const { createDesktopApplication } = await import('./application.ts')
    const application = createDesktopApplication(folder, ownFolder, log, keeper.show)
    loading.resolve(application)
    powerMonitor.on('resume', application.wake)
    await application.start()
  }

  run().catch((error: unknown) => {
    loading.reject(error)
    const failure = internalFailure(error, log)
    dialog.showErrorBox(failure.message, failure.remedy ?? '')
    app.quit()
  })
}

function start(): void {
  const folder = vaultFolder(process.env, process.platform, homedir())
  const ownFolder = join(folder, 'electron')
  try {
    // Creates the vault's folder, too. One that is open to others is closed, and told of, when the vault is read.
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

// Chromium's sandbox does not start as root: containers that need it pass --no-sandbox. The window's preload stays
// sandboxed.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
registerScheme()
start()
