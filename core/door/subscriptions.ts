// One caller's subscriptions to changes. A caller with too much unread gets a new snapshot later, instead of the changes meanwhile.
import type { Change } from '../../contract/change.ts'
import type { Door } from './door.ts'

/** Our commands listen once. */
const most = 20

export interface Subscriptions {
  /** Throws if the caller has one of this id, or too many. */
  begin(id: number): void
  end(id: number): void
  /** Begins the paused ones anew, with a snapshot. */
  resume(): void
  endAll(): void
  count(): number
}

export function createSubscriptions(
  door: Pick<Door, 'listen'>,
  send: (message: { id: number; change: Change }) => void,
  hasTooMuchUnread: () => boolean,
): Subscriptions {
  /** Ends each subscription; `null` while it is paused. */
  const ends = new Map<number, (() => void) | null>()

  function listen(id: number): void {
    const end = door.listen((change) => {
      if (!hasTooMuchUnread()) return send({ id, change })
      ends.get(id)?.()
      ends.set(id, null)
    })
    // The first snapshot may have been too much already.
    if (ends.get(id) === null) end()
    else ends.set(id, end)
  }

  return {
    begin(id) {
      if (ends.has(id) || ends.size >= most) throw new Error('No caller of ours.')
      listen(id)
    },
    end(id) {
      ends.get(id)?.()
      ends.delete(id)
    },
    resume() {
      // A copy: one whose first snapshot is too much again is paused again, and waits for the next time.
      for (const [id, end] of [...ends]) {
        if (end !== null) continue
        ends.delete(id)
        listen(id)
      }
    },
    endAll() {
      for (const end of ends.values()) end?.()
      ends.clear()
    },
    count: () => ends.size,
  }
}
