// Serves the window's page: runs its calls and sends it changes.
import type { WebContents } from 'electron'
import type { App } from '../core/app.ts'
import { readDoorMessage } from './door-message.ts'

export interface PageDoor {
  /** Answers a message from `page`, which has been checked to be ours. */
  receive(message: unknown, page: WebContents): Promise<unknown>
}

/**
 * Each page gets one subscription, however often it asks, until it is destroyed. What it asks before `opened` waits: until then
 * the vault only says that it has not been opened yet, which would be drawn as a locked one for a moment.
 */
export function pageDoor(app: Pick<App, 'call' | 'listen'>, opened: Promise<void>): PageDoor {
  const subscriptions = new WeakMap<WebContents, () => void>()

  function subscribe(page: WebContents): void {
    subscriptions.get(page)?.()
    if (page.isDestroyed()) return
    const end = app.listen((change) => {
      if (page.isDestroyed()) end?.()
      else page.send('change', change)
    })
    subscriptions.set(page, end)
    page.once('destroyed', end)
  }

  return {
    async receive(message, page) {
      await opened
      const read = readDoorMessage(message)
      if ('failure' in read) return { ok: false, failure: read.failure }
      if ('procedure' in read) return app.call(read.procedure, read.input, 'window')
      subscribe(page)
      return undefined
    },
  }
}
