// The application's only window: locked-down web preferences, and shown only once its page has something to show.
import { app, BrowserWindow, dialog, nativeTheme } from 'electron'
import type { Log } from '../core/ports.ts'
import { startAddress } from './origin.ts'
import type { PlaceStore } from './place-store.ts'

/** A page that crashes twice within this time (ms) is not reloaded automatically again. */
const relapse = 60_000

/** The page's own background, so that nothing flashes while it loads. */
const backgrounds = { light: '#ffffff', dark: '#16191c' }

/** Opens the window at its last bounds and loads the page; `preload` is the built preload script. */
export function openWindow(preload: string, places: PlaceStore, log: Log): BrowserWindow {
  const { maximized, ...bounds } = places.recall()
  const window = new BrowserWindow({
    ...bounds,
    title: 'Grantdesk',
    minWidth: 400,
    minHeight: 480,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  if (maximized) window.maximize()
  places.follow(window)
  window.once('ready-to-show', () => window.show())
  // A page that fails to load never becomes ready, and an invisible window cannot be closed.
  window.webContents.once('did-fail-load', () => window.show())
  reviveOnce(window, log)
  window.loadURL(startAddress).catch(() => log.write('error', 'the page did not load'))
  return window
}

function reviveOnce(window: BrowserWindow, log: Log): void {
  let last = Number.NEGATIVE_INFINITY
  window.webContents.on('render-process-gone', async (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    log.write('error', 'the page stopped', { reason, exitCode })
    const now = performance.now()
    const again = now - last > relapse || (await askToReload(window))
    last = now
    if (again && !window.isDestroyed()) window.reload()
  })
}

async function askToReload(window: BrowserWindow): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'Grantdesk’s page has stopped twice.',
    detail: 'Your connections are safe: they are kept by another process.',
    buttons: ['Load it again', 'Close the window'],
    defaultId: 0,
    cancelId: 1,
  })
  if (response === 1 && !window.isDestroyed()) window.close()
  return response === 0
}

/** Brings the window to the front. */
export function presentWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
