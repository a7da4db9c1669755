// Limits a small server's connections: the oldest one without a request is closed for a new one, so that a flood of idle
// connections cannot keep the right one out.
import type { Server } from 'node:http'
import type { Socket } from 'node:net'

const usuallyMost = 64
/** How long a page may take to be sent when the server closes. */
const grace = 500

export interface BoundedConnections {
  /** Call when its request has been read; `false` if this connection had one before. */
  served(socket: Socket): boolean
  /** Trusted from now on: no longer counted, and never closed to make room. */
  letIn(socket: Socket): void
  /** Stops accepting, lets pages finish sending, then closes what is left. */
  close(): Promise<void>
}

export function boundedConnections(server: Server, idleMs: number, most = usuallyMost): BoundedConnections {
  const known = new Set<Socket>()
  const waiting = new Set<Socket>()
  const serving = new Set<Socket>()

  server.on('connection', (socket: Socket) => {
    // Also closes connections that never send a byte, or read their page too slowly.
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
