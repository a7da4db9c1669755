// The door over a socket on this machine, for the `grantdesk` command while another host holds the vault. Who may open the
// socket is decided by the file system: it is 0600 in a folder of the person's own. No number of callers is too many: they
// wait in line, and those that ask nothing make room, to come back with their next call.
import { createServer, type Server } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { App } from '../app.ts'
import { createCallLine } from './call-line.ts'
import { makeLocalAddress, publishLocalAddress, withdrawLocalAddress } from './local-address.ts'
import { makeRoom } from './make-room.ts'
import { type SocketCaller, serveCaller } from './socket-caller.ts'

export interface LocalSocket {
  readonly address: string
  /**
   * Takes no new callers, lets calls under way end, and tells each caller that it leaves: what was not begun then may be asked
   * of the next host.
   */
  close(waiting?: Leaving): Promise<void>
}

export interface Leaving {
  /** How long calls under way are waited for (ms); `null` until they are answered. */
  timeout: number | null
  /** Whether something that a caller has begun still needs this host. */
  stillUsed?(): Promise<boolean>
}

const usualLeaving: Leaving = { timeout: 3_000 }
/** How often it is looked whether a host that leaves is still used (ms). */
const looksAgain = 50
/** How long a caller may take to hang up once it is told (ms). */
const hangingUp = 500
/** Callers that the system holds until they are accepted; it may hold fewer, and whoever finds no place tries again. */
const backlog = 4_096
/** How often callers that wait hear that they are worked on, and room is made (ms). */
const tickTime = 2_000

/**
 * Listens in the vault's folder. For the vault's owner alone, after it has taken the vault: it replaces whatever socket an
 * earlier owner left there.
 */
export async function openLocalSocket(folder: string, app: Pick<App, 'call' | 'listen'>): Promise<LocalSocket> {
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
  }, tickTime).unref()

  const isAsked = () => [...callers].some((caller) => caller.isAsking())

  async function answered({ timeout, stillUsed }: Leaving): Promise<void> {
    const began = performance.now()
    const isOver = () => timeout !== null && performance.now() - began >= timeout
    while (wasUsed && ((await stillUsed?.()) || isAsked()) && !isOver()) await pause(looksAgain)
  }

  return {
    address,
    async close(waiting = usualLeaving) {
      withdrawNote(folder, address)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await answered(waiting)
      for (const caller of callers) caller.sendAway()
      const late = new AbortController()
      await Promise.race([closed, pause(hangingUp, undefined, { signal: late.signal }).catch(() => undefined)])
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
      // A connection that cannot be accepted costs that caller alone, which tries again.
      server.on('error', () => undefined)
      resolve()
    })
  })
}

/** Closing goes on whatever became of the folder meanwhile. */
function withdrawNote(folder: string, address: string): void {
  try {
    withdrawLocalAddress(folder, address)
  } catch {}
}
