// What the window's page says to the application, once both are there: calls, and that it wants to be told of changes.
import type { WebContents } from 'electron'
import type { App } from '../core/app.ts'
import { readDoorMessage } from './door-message.ts'

export interface PageDoor {
  /** Answers one message that came from `page`, which was checked to be ours. */
  receive(message: unknown, page: WebContents): Promise<unknown>
}

/** The application as its page reaches it; a page is told of changes until it is gone, and once however often it asks. */
export function pageDoor(app: Pick<App, 'call' | 'listen'>): PageDoor {
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
      const read = readDoorMessage(message)
      if ('failure' in read) return { ok: false, failure: read.failure }
      if ('procedure' in read) return app.call(read.procedure, read.input, 'window')
      subscribe(page)
      return undefined
    },
  }
}
