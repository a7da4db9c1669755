// Tells once of each end that only the person can put off, where the machine has a place for such words. Written down before
// it is told, so that a start tells nothing a second time.
import { type ConnectionView, endToRemind } from '../../contract/connection.ts'
import type { Clock, Notifier } from '../ports.ts'
import type { ConnectionBook } from './connection-book.ts'

interface Dependencies {
  clock: Clock
  notify: Notifier
  connections: Pick<ConnectionBook, 'update'>
}

interface Ending {
  view: ConnectionView
  end: number
}

/** Answers what is to be called with every look at the connections; it never throws. */
export function createReminders({ clock, notify, connections }: Dependencies): (views: ConnectionView[]) => void {
  /** Ends that are being written down. */
  const underWay = new Set<string>()

  async function tell(ending: Ending[]): Promise<void> {
    const written: Ending[] = []
    for (const { view, end } of ending) underWay.add(keyOf(view, end))
    for (const { view, end } of ending) {
      const kept = await connections.update(view.id, { reminded: { end, dismissed: false } }).then(
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
      const end = view.standing.kind === 'good' ? endToRemind(view, now) : null
      const isTold = end === null || view.reminded?.end === end || underWay.has(keyOf(view, end))
      return isTold ? [] : [{ view, end }]
    })
    if (ending.length > 0) void tell(ending)
  }
}

const keyOf = ({ id }: ConnectionView, end: number) => `${id} ${end}`

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })

function words({ view, end }: Ending, others: number, now: number) {
  const what = `“${view.name}” ${end > now ? 'ends' : 'ended'} on ${day.format(end)}`
  const more = others === 0 ? '' : ` So ${others === 1 ? 'does another connection' : `do ${others} others`}.`
  const todo = view.grantType === 'static_token' ? 'make a new token and replace it' : 'reconnect it'
  return { title: what, body: `Nothing renews it: ${todo}.${more}` }
}
