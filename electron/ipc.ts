// The door over IPC: one channel in, one out, no procedure known by name. Owns the check of who is asking; refuses every
// sender but the main frame of our window at our origin, whatever it says.
import { type BrowserWindow, ipcMain, type WebContents, type WebFrameMain } from 'electron'
import type { Log } from '../core/ports.ts'
import { origin } from './origin.ts'
import type { PageDoor } from './page-door.ts'

interface Sender {
  sender: WebContents
  senderFrame: WebFrameMain | null
}

/** Whether a message comes from the page of `window` itself: not from a frame in it, nor after it went elsewhere. */
function isOurPage({ sender, senderFrame }: Sender, window: BrowserWindow | null): boolean {
  if (window === null || window.isDestroyed() || sender !== window.webContents || senderFrame === null) return false
  return senderFrame === sender.mainFrame && senderFrame.origin === origin
}

/** Lets the window's page call the application and be told of changes; what it says before `door` is there waits for it. */
export function openDoor(door: Promise<PageDoor>, window: () => BrowserWindow | null, log: Log): void {
  ipcMain.handle('door', async (event, message: unknown) => {
    if (!isOurPage(event, window())) {
      log.write('error', 'a page that is not ours called the door')
      throw new Error('Only Grantdesk’s own page may call.')
    }
    return (await door).receive(message, event.sender)
  })
}
