// The queue of callers of the local socket. Fair: the callers take turns, and each turn of the event loop starts one call. Starts
// none while too many bytes of responses are unread, and disconnects callers that do not read while others wait for that.
import type { Socket } from 'node:net'

/** A caller in the queue. */
export interface Waiting {
  readonly socket: Socket
  /** Starts its next call; returns whether it has another one that may start. */
  beginNext(): boolean
}

export interface CallLine {
  /** Adds a caller with a call to start, unless it is in the queue. */
  join(caller: Waiting): void
  leave(caller: Waiting): void
  /** To be called after a write to a caller, which may read it slowly. */
  wrote(socket: Socket): void
  /** To be called regularly: disconnects callers that keep others waiting by not reading. */
  tick(): void
}

/** How many bytes of unread responses all callers together may have, to limit the host's memory. */
const roomForAnswers = 64 * 1024 * 1024

/** A caller that reads nothing for this many ticks while others wait is considered hung. */
const mostIdleTicks = 10

export function createCallLine(room = roomForAnswers): CallLine {
  const line = new Set<Waiting>()
  /** Callers with unread responses: how many bytes at the last tick, and for how many ticks nothing was read. */
  const unread = new Map<Socket, { bytes: number; ticks: number }>()
  let scheduled = false

  function isFull(): boolean {
    let sum = 0
    for (const socket of unread.keys()) {
      if (socket.destroyed || socket.writableLength === 0) unread.delete(socket)
      else sum += socket.writableLength
    }
    return sum > room
  }

  function schedule(): void {
    if (scheduled || line.size === 0) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      if (isFull()) return
      const [first] = line
      if (first) {
        line.delete(first)
        if (first.beginNext()) line.add(first)
      }
      schedule()
    })
  }

  return {
    join(caller) {
      line.add(caller)
      schedule()
    },
    leave(caller) {
      line.delete(caller)
      unread.delete(caller.socket)
      schedule()
    },
    wrote(socket) {
      if (socket.writableLength === 0 || unread.has(socket)) return
      unread.set(socket, { bytes: socket.writableLength, ticks: 0 })
      socket.once('drain', schedule)
    },
    tick() {
      if (line.size === 0 || !isFull()) return schedule()
      for (const [socket, before] of unread) {
        const bytes = socket.writableLength
        const ticks = bytes < before.bytes ? 0 : before.ticks + 1
        unread.set(socket, { bytes, ticks })
        if (ticks >= mostIdleTicks) socket.destroy()
      }
    },
  }
}
