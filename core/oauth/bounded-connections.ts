// Keeps the connections of a small server few and short: the oldest one that has asked nothing yet makes room for a
// new one, so that a flood of idle connections never keeps the right one out.
import type { Server } from 'node:http'
import type { Socket } from 'node:net'

const most = 64
/** How long a page may take to be sent once the server closes. */
const grace = 500

export interface BoundedConnections {
  /** Its request has been read whole; `false` where another one came on this connection before. */
  served(socket: Socket): boolean
  /** It is of somebody known: it is not counted any more, and never ended to make room for another. */
  letIn(socket: Socket): void
  /** Takes no more, lets pages be sent to their end, then ends what is left. */
  close(): Promise<void>
}

export function boundedConnections(server: Server, idleMs: number): BoundedConnections {
  const known = new Set<Socket>()
  const waiting = new Set<Socket>()
  const serving = new Set<Socket>()

  server.on('connection', (socket: Socket) => {
    // Also a connection that never sends a byte, or takes its page too slowly, ends.
    socket.setTimeout(idleMs, () => socket.destroy())
    socket.on('error', () => socket.destroy())
    socket.once('close', () => {
      known.delete(socket)
      waiting.delete(socket)
      serving.delete(socket)
    })
    waiting.add(socket)
    if (waiting.size <= most) return
    const [oldest] = waiting
    oldest?.destroy()
  })

  return {
    served(socket) {
      if (serving.has(socket)) return false
      waiting.delete(socket)
      serving.add(socket)
      const [oldest] = serving
      if (serving.size > most * 2) oldest?.destroy()
      return true
    },
    letIn(socket) {
      known.add(socket)
      waiting.delete(socket)
      serving.delete(socket)
      socket.setTimeout(0)
    },
    close() {
      for (const socket of waiting) socket.destroy()
      const timer = setTimeout(() => {
        for (const socket of [...known, ...serving]) socket.destroy()
      }, grace)
      return new Promise((resolve) =>
        server.close(() => {
          clearTimeout(timer)
          resolve()
        }),
      )
    },
  }
}
