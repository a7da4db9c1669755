// Words to the person in the system's own place for them. Without a secret, as all that is shown.
import { Notification } from 'electron'
import type { Notifier } from '../core/ports.ts'

/** `onClick` is told when the person wants to see more. Where the system shows no notifications, nothing is said. */
export function systemNotifier(onClick: () => void): Notifier {
  /** Held until it is gone: one that is collected does not answer a click any more. */
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
