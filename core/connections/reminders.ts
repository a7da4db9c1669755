// Notifies the person of each end that only they can postpone: early, and again shortly before. Recorded before it is shown, so
// that a restart does not repeat it.
import { type ConnectionView, endToRemind, reminderOf } from '../../contract/connection.ts'
import type { Clock, Notifier } from '../ports.ts'
import type { ConnectionStore } from './connection-store.ts'

interface Dependencies {
  clock: Clock
  notify: Notifier
  connections: Pick<ConnectionStore, 'update'>
}

interface Ending {
  view: ConnectionView
  end: number
}

/** Returns a function to call with the current connections from time to time; it never throws. */
export function createReminders({ clock, notify, connections }: Dependencies): (views: ConnectionView[]) => void {
  /** Reminders that are being recorded. */
  const underWay = new Set<string>()

  async function remind(ending: Ending[]): Promise<void> {
    const written: Ending[] = []
    for (const { view, end } of ending) underWay.add(keyOf(view, end))
    for (const { view, end } of ending) {
      const kept = await connections.update(view.id, { reminded: { end, dismissed: false, at: clock.now() } }).then(
        () => true,
        () => false,
      )
      if (kept) written.push({ view, end })
      underWay.delete(keyOf(view, end))
    }
    const [first] = written
    if (first) notify(words(first, written.length - 1, clock.now()))
  }

  return (views) => {
    const now = clock.now()
    const ending = views.flatMap((view) => {
      const end = endToRemind(view, now)
      const isReminded = end === null || reminderOf(view, now) !== null || underWay.has(keyOf(view, end))
      return isReminded ? [] : [{ view, end }]
    })
    if (ending.length > 0) void remind(ending)
  }
}

const keyOf = ({ id }: ConnectionView, end: number) => `${id} ${end}`

/** Closer than this (ms), the text names the time, too. No countdown, because a notification's text does not change. */
const near = 2 * 86_400_000

function words({ view, end }: Ending, others: number, now: number) {
  const isNear = Math.abs(end - now) < near
  // Made here, since making one takes longer than most commands' work.
  const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', ...(isNear ? { timeStyle: 'short' } : {}) })
  const what = `“${view.name}” ${end > now ? 'ends' : 'ended'} on ${when.format(end)}`
  const more = others === 0 ? '' : ` So ${others === 1 ? 'does another connection' : `do ${others} others`}.`
  const todo = view.grantType === 'static_token' ? 'make a new token and replace it' : 'reconnect it'
  return { title: what, body: `Nothing renews it: ${todo}.${more}` }
}
