// The door over a local socket, for `grantdesk` commands while another host owns the vault. The file system decides who may
// connect: the socket is 0600 in a folder of the person's own. The number of callers is not limited: their calls queue, and idle
// callers are disconnected and reconnect with their next call.

import { createServer, type Server } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { createCallLine } from './call-line.ts'
import type { Door } from './door.ts'
import { makeLocalAddress, publishLocalAddress, withdrawLocalAddress } from './local-address.ts'
import { makeRoom } from './make-room.ts'
import { type SocketCaller, serveCaller } from './socket-caller.ts'

export interface LocalSocket {
  readonly address: string
  /**
   * Accepts no new callers, waits for running calls, and tells each caller that the host ends: calls that were not started can
   * be sent to the next host.
   */
  close(waiting?: CloseOptions): Promise<void>
}

export interface CloseOptions {
  /** How long to wait for running calls (ms); `null` for as long as they take. */
  timeout: number | null
  /** Whether something that a caller started still needs this host. */
  stillUsed?(): Promise<boolean>
}

const usualClose: CloseOptions = { timeout: 3_000 }
/** How often to check whether an ending host is still used (ms). */
const checkInterval = 50
/** How long a caller may take to disconnect after it was told (ms). */
const disconnectTimeout = 500
/** How many connections the system queues before they are accepted; callers beyond its own limit try again. */
const backlog = 4_096
/** How often waiting callers get a sign of life, and idle ones may be disconnected (ms). */
const tickInterval = 2_000

/**
 * Listens in the vault's folder. Only for the vault's owner, because it replaces the socket that an earlier owner may have
 * left.
 */
export async function openLocalSocket(folder: string, app: Door): Promise<LocalSocket> {
  const callers = new Set<SocketCaller>()
  let wasUsed = false
  const line = createCallLine()
  const server = createServer((socket) => {
    const caller = serveCaller(socket, app, line)
    callers.add(caller)
    wasUsed = true
    socket.on('close', () => callers.delete(caller))
  })
  const address = makeLocalAddress(folder)
  await listen(server, address)
  try {
    publishLocalAddress(folder, address)
  } catch (error) {
    await new Promise((resolve) => server.close(resolve))
    withdrawNote(folder, address)
    throw error
  }
  const ticking = setInterval(() => {
    for (const caller of callers) caller.signOfLife()
    line.tick()
    makeRoom([...callers])
  }, tickInterval).unref()

  const isAsked = () => [...callers].some((caller) => caller.isAsking())

  async function answered({ timeout, stillUsed }: CloseOptions): Promise<void> {
    const began = performance.now()
    const isOver = () => timeout !== null && performance.now() - began >= timeout
    while (wasUsed && ((await stillUsed?.()) || isAsked()) && !isOver()) await pause(checkInterval)
  }

  return {
    address,
    async close(waiting = usualClose) {
      withdrawNote(folder, address)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await answered(waiting)
      for (const caller of callers) caller.disconnect()
      const late = new AbortController()
      await Promise.race([closed, pause(disconnectTimeout, undefined, { signal: late.signal }).catch(() => undefined)])
      late.abort()
      clearInterval(ticking)
      for (const { socket } of callers) socket.destroy()
      await closed
    },
  }
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ path, backlog }, () => {
      server.off('error', reject)
      // If a connection cannot be accepted, only its caller is affected, and tries again.
      server.on('error', () => undefined)
      resolve()
    })
  })
}

/** Ignores errors: the folder may be gone, and the socket is closed all the same. */
function withdrawNote(folder: string, address: string): void {
  try {
    withdrawLocalAddress(folder, address)
  } catch {}
}
