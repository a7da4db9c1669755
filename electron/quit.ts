// Delays quitting until everything is closed, and shows what the person needs to know or decide meanwhile.
import { app, dialog, Notification } from 'electron'
import type { Log } from '../core/ports.ts'
import { leave, type Open, type QuitDialogs } from './leaving.ts'

const waiting = {
  title: 'Grantdesk waits for an answer',
  body: 'A service was asked for something, such as new tokens. Grantdesk ends when the answer is here and stored.',
}

const dialogs: QuitDialogs = {
  async mayGoAtOnce(over) {
    // On macOS a dialog without a window blocks the whole process, including the response we are waiting for.
    if (process.platform === 'darwin') {
      if (Notification.isSupported()) new Notification(waiting).show()
      return new Promise(() => undefined)
    }
    const { response } = await dialog.showMessageBox({
      ...{ type: 'info', title: 'Grantdesk', message: waiting.title },
      detail: `${waiting.body} What was asked for is lost if it ends at once.`,
      ...{ buttons: ['Wait', 'End at once'], defaultId: 0, cancelId: 0, signal: over },
    })
    return response === 1 ? undefined : new Promise(() => undefined)
  },
  async mayLose(why, remedy) {
    const { response } = await dialog.showMessageBox({
      ...{ type: 'warning', title: 'Grantdesk', message: why, detail: remedy },
      ...{ buttons: ['Try again', 'End and lose them'], defaultId: 0, cancelId: 0 },
    })
    return response === 1
  },
}

/** Closes everything once before the process ends. */
export function beforeLeaving(open: Open, log: Log): void {
  let begun = false
  let finished = false
  app.on('will-quit', (event) => {
    if (finished) return
    event.preventDefault()
    if (begun) return
    begun = true
    leave(open, dialogs, log).finally(() => {
      finished = true
      // Electron ignores quit() called from within the event itself.
      setImmediate(() => app.quit())
    })
  })
}
