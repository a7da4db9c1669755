// The API over IPC: one channel in, one out, whatever the procedure. Checks the sender: only the main frame of our window,
// at our origin, gets an answer.
import { type BrowserWindow, ipcMain, type WebContents, type WebFrameMain } from 'electron'
import type { Log } from '../core/ports.ts'
import { origin } from './origin.ts'
import type { PageDoor } from './page-door.ts'

interface Sender {
  sender: WebContents
  senderFrame: WebFrameMain | null
}

/** Whether a message comes from the window's main frame while it shows our page. */
function isOurPage({ sender, senderFrame }: Sender, window: BrowserWindow | null): boolean {
  if (window === null || window.isDestroyed() || sender !== window.webContents || senderFrame === null) return false
  return senderFrame === sender.mainFrame && senderFrame.origin === origin
}

/** Lets the window's page call the application and listen for changes; early messages wait until `door` is ready. */
export function openDoor(door: Promise<PageDoor>, window: () => BrowserWindow | null, log: Log): void {
  ipcMain.handle('door', async (event, message: unknown) => {
    if (!isOurPage(event, window())) {
      log.write('error', 'a page that is not ours called the door')
      throw new Error('Only Grantdesk’s own page may call.')
    }
    return (await door).receive(message, event.sender)
  })
}
