// The door over a socket on this machine, for the `grantdesk` command while another host holds the vault. Who may open the
// socket is decided by the file system: it is 0600 in a folder of the person's own. Refuses lines that are not calls.
import { createServer, type Socket } from 'node:net'
import { z } from 'zod'
import type { App } from '../app.ts'
import { largestCall } from './largest-call.ts'
import { readMessages, writeMessage } from './lines.ts'
import { makeLocalAddress, publishLocalAddress, withdrawLocalAddress } from './local-address.ts'

export interface LocalSocket {
  readonly address: string
  /** Takes no new callers, lets calls under way end (for three seconds), then closes. */
  close(): Promise<void>
}

const callSchema = z.strictObject({ id: z.number().int(), procedure: z.string().max(100), input: z.unknown() })
const listenSchema = z.strictObject({ id: z.number().int(), listen: z.boolean() })

const mostUnread = 16 * 1024 * 1024
const closingPatience = 3_000

/**
 * Listens in the vault's folder. For the vault's owner alone, after it has taken the vault: it replaces whatever socket an
 * earlier owner left there.
 */
export async function openLocalSocket(folder: string, app: Pick<App, 'call' | 'listen'>): Promise<LocalSocket> {
  const callers = new Set<Socket>()
  const underWay = new Set<Promise<void>>()
  const server = createServer((socket) => {
    callers.add(socket)
    socket.on('close', () => callers.delete(socket))
    serve(socket, app, underWay)
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

  return {
    address,
    async close() {
      withdrawNote(folder, address)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      let timer: NodeJS.Timeout | undefined
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, closingPatience)
      })
      await Promise.race([Promise.all(underWay), patience])
      clearTimeout(timer)
      for (const socket of callers) socket.destroySoon()
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 500).unref())])
      for (const socket of callers) socket.destroy()
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

function serve(socket: Socket, app: Pick<App, 'call' | 'listen'>, underWay: Set<Promise<void>>): void {
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
