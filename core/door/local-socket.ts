// The door over a socket on this machine, for the `grantdesk` command while another host holds the vault. Who may open the
// socket is decided by the file system: it is 0600 in a folder of the person's own. Refuses lines that are not calls.
import { createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { App } from '../app.ts'
import { largestCall } from './largest-call.ts'
import { leavingMessage, readMessages, writeMessage } from './lines.ts'
import { makeLocalAddress, publishLocalAddress, withdrawLocalAddress } from './local-address.ts'

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

const callSchema = z.strictObject({ id: z.number().int(), procedure: z.string().max(100), input: z.unknown() })
const listenSchema = z.strictObject({ id: z.number().int(), listen: z.boolean() })

const mostUnread = 16 * 1024 * 1024
const usualLeaving: Leaving = { timeout: 3_000 }
/** How often it is looked whether a host that leaves is still used (ms). */
const looksAgain = 50
/** How long a caller may take to hang up once it is told (ms). */
const hangingUp = 500

/**
 * Listens in the vault's folder. For the vault's owner alone, after it has taken the vault: it replaces whatever socket an
 * earlier owner left there.
 */
export async function openLocalSocket(folder: string, app: Pick<App, 'call' | 'listen'>): Promise<LocalSocket> {
  /** Each with its calls under way. */
  const callers = new Map<Socket, Set<Promise<void>>>()
  let left = false
  const server = createServer((socket) => {
    const underWay = new Set<Promise<void>>()
    callers.set(socket, underWay)
    socket.on('close', () => callers.delete(socket))
    serve(socket, app, underWay, () => left)
  })
  server.maxConnections = 50
  const address = makeLocalAddress(folder)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, resolve)
  })
  try {
    publishLocalAddress(folder, address)
  } catch (error) {
    await new Promise((resolve) => server.close(resolve))
    withdrawNote(folder, address)
    throw error
  }

  const isAnswering = () => [...callers.values()].some((underWay) => underWay.size > 0)

  async function answered({ timeout, stillUsed }: Leaving): Promise<void> {
    const began = performance.now()
    const isOver = () => timeout !== null && performance.now() - began >= timeout
    while (((await stillUsed?.()) || isAnswering()) && !isOver()) await pause(looksAgain)
  }

  return {
    address,
    async close(waiting = usualLeaving) {
      withdrawNote(folder, address)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await answered(waiting)
      left = true
      for (const [socket, underWay] of callers) {
        // Of a call that has begun and is not answered nobody may think that it has not begun.
        if (underWay.size === 0) writeMessage(socket, leavingMessage)
        socket.end()
      }
      const late = new AbortController()
      await Promise.race([closed, pause(hangingUp, undefined, { signal: late.signal }).catch(() => undefined)])
      late.abort()
      for (const socket of callers.keys()) socket.destroy()
      await closed
    },
  }
}

/** Closing goes on whatever became of the folder meanwhile. */
function withdrawNote(folder: string, address: string): void {
  try {
    withdrawLocalAddress(folder, address)
  } catch {}
}

function serve(
  socket: Socket,
  app: Pick<App, 'call' | 'listen'>,
  underWay: Set<Promise<void>>,
  hasLeft: () => boolean,
): void {
  const listening = new Map<number, () => void>()

  /** A caller that asks and does not read must not fill the host's memory. */
  function send(message: object): void {
    if (socket.writableLength > mostUnread) socket.destroy()
    else writeMessage(socket, message)
  }

  async function answer(id: number, procedure: string, input: unknown): Promise<void> {
    send({ id, answer: await app.call(procedure, input, 'command') })
  }

  function listen(id: number): void {
    if (listening.has(id) || listening.size >= 20) return
    const end = app.listen((change) => send({ id, change }))
    listening.set(id, end)
  }

  readMessages(socket, largestCall, (message) => {
    if (hasLeft()) return
    const call = callSchema.safeParse(message)
    if (call.success) {
      const work = answer(call.data.id, call.data.procedure, call.data.input).catch(() => void socket.destroy())
      underWay.add(work)
      void work.finally(() => underWay.delete(work))
      return
    }
    const { id, listen: begins } = listenSchema.parse(message)
    if (begins) return listen(id)
    listening.get(id)?.()
    listening.delete(id)
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    for (const end of listening.values()) end()
    listening.clear()
  })
}
