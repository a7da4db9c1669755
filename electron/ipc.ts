// The door over IPC: one channel in, one out, no procedure known by name. Owns the check of who is asking; refuses every
// sender but the main frame of our window at our origin, whatever it says.
import { type BrowserWindow, ipcMain, type WebContents, type WebFrameMain } from 'electron'
import type { App } from '../core/app.ts'
import type { Log } from '../core/ports.ts'
import { readDoorMessage } from './door-message.ts'
import { origin } from './origin.ts'

interface Sender {
  sender: WebContents
  senderFrame: WebFrameMain | null
}

/** Whether a message comes from the page of `window` itself: not from a frame in it, nor after it went elsewhere. */
function isOurPage({ sender, senderFrame }: Sender, window: BrowserWindow | null): boolean {
  if (window === null || window.isDestroyed() || sender !== window.webContents || senderFrame === null) return false
  return senderFrame === sender.mainFrame && senderFrame.origin === origin
}

/** Lets the window's page call the application and be told of changes. */
export function openDoor(app: Pick<App, 'call' | 'listen'>, window: () => BrowserWindow | null, log: Log): void {
  const subscriptions = new WeakMap<WebContents, () => void>()

  function subscribe(contents: WebContents): void {
    subscriptions.get(contents)?.()
    const end = app.listen((change) => {
      if (contents.isDestroyed()) end?.()
      else contents.send('change', change)
    })
    subscriptions.set(contents, end)
    contents.once('destroyed', end)
  }

  ipcMain.handle('door', async (event, message: unknown) => {
    if (!isOurPage(event, window())) {
      log.write('error', 'a page that is not ours called the door')
      throw new Error('Only Grantdesk’s own page may call.')
    }
    const read = readDoorMessage(message)
    if ('failure' in read) return { ok: false, failure: read.failure }
    if ('procedure' in read) return app.call(read.procedure, read.input, 'window')
    subscribe(event.sender)
    return undefined
  })
}
