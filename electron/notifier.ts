// Shows system notifications. They never contain a secret.
import { Notification } from 'electron'
import type { Notifier } from '../core/ports.ts'

/** `onClick` runs when a notification is clicked. Does nothing where the system shows no notifications. */
export function systemNotifier(onClick: () => void): Notifier {
  /** Referenced until closed: a notification that is garbage-collected no longer reports clicks. */
  const shown = new Set<Notification>()
  return ({ title, body }) => {
    if (!Notification.isSupported()) return
    const notification = new Notification({ title, body })
    const gone = () => shown.delete(notification)
    shown.add(notification)
    notification.on('click', () => {
      gone()
      onClick()
    })
    notification.on('close', gone)
    notification.on('failed', gone)
    notification.show()
  }
}
