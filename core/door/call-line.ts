// The line in which callers of the local socket wait for their calls to be begun. Owns fairness and the host's memory: each
// caller in turn has one call begun, one in each turn of the event loop, and none while the answers that nobody has read yet
// fill the room for them. Refuses nobody; a caller that does not read while others need the room is let go.
import type { Socket } from 'node:net'

/** A caller as the line sees it. */
export interface Waiting {
  readonly socket: Socket
  /** Begins its next call; answers whether it has another that may be begun. */
  beginNext(): boolean
}

export interface CallLine {
  /** Puts a caller that has a call to begin at the end, where it does not stand in line yet. */
  join(caller: Waiting): void
  leave(caller: Waiting): void
  /** Something was written to a caller, which may take its time to read it. */
  wrote(socket: Socket): void
  /** To be called every now and then: lets go of whoever keeps others waiting by not reading. */
  tick(): void
}

/** Bytes of answers that were not read yet, of all callers together: the host's memory is not theirs to fill. */
const roomForAnswers = 64 * 1024 * 1024

/** As many ticks without reading anything, while others wait for the room, and a caller is taken for one that hangs. */
const mostIdleTicks = 10

export function createCallLine(room = roomForAnswers): CallLine {
  const line = new Set<Waiting>()
  /** Callers with unread answers, each with how much there was at the last tick and for how many ticks. */
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
