// One caller at the local socket: its calls, in the order in which they come, and the changes that it is told of. Owns how
// much of it is under way at once; what is more waits in the socket, so that a caller slows down and loses nothing.
import type { Socket } from 'node:net'
import { z } from 'zod'
import type { App } from '../app.ts'
import type { CallLine } from './call-line.ts'
import { largestCall } from './largest-call.ts'
import { aliveMessage, leavingMessage, readMessages, writeMessage } from './lines.ts'

export interface SocketCaller {
  readonly socket: Socket
  /** A call of its own waits, or is under way. */
  isAsking(): boolean
  /** Asks nothing, is told of nothing, and what it has begun to send is not whole: since when (ms, monotonic); else `null`. */
  idleSince(): number | null
  /** Characters of a call that is not whole yet. */
  unfinished(): number
  /** Says that it is worked on, to a caller that wants to know. */
  signOfLife(): void
  /** Ends it: what was not begun may be asked anew. */
  sendAway(): void
}

const helloSchema = z.strictObject({ hello: z.literal(true) })
const callSchema = z.strictObject({ id: z.number().int(), procedure: z.string().max(100), input: z.unknown() })
const listenSchema = z.strictObject({ id: z.number().int(), listen: z.boolean() })
type Call = z.infer<typeof callSchema>

/** Calls of one caller that are under way at once; further ones wait. */
const mostAtOnce = 100

/** Bytes that one caller has not read yet: beyond, its calls wait, and it is told of changes by a new snapshot later. */
const mostUnread = 16 * 1024 * 1024

/** No command of ours listens more than once. */
const mostListeners = 20

export function serveCaller(socket: Socket, app: Pick<App, 'call' | 'listen'>, line: CallLine): SocketCaller {
  /** What ends each listening; `null` while the caller has not read what it was told of before. */
  const listening = new Map<number, (() => void) | null>()
  const waiting: Call[] = []
  let underWay = 0
  let wantsSigns = false
  let sentAway = false
  let idleFrom = performance.now()

  function send(message: object): void {
    writeMessage(socket, message)
    line.wrote(socket)
  }

  const mayBegin = () => waiting.length > 0 && underWay < mostAtOnce && socket.writableLength <= mostUnread

  function beginNext(): boolean {
    const call = sentAway || !mayBegin() ? undefined : waiting.shift()
    if (call) void answer(call)
    if (waiting.length === 0) socket.resume()
    return !sentAway && mayBegin()
  }

  const waiter = { socket, beginNext }

  async function answer({ id, procedure, input }: Call): Promise<void> {
    underWay += 1
    try {
      send({ id, answer: await app.call(procedure, input, 'command') })
    } catch {
      socket.destroy()
    } finally {
      underWay -= 1
      idleFrom = performance.now()
      if (mayBegin()) line.join(waiter)
    }
  }

  function listen(id: number): void {
    const end = app.listen((change) => {
      if (socket.writableLength <= mostUnread) return send({ id, change })
      listening.get(id)?.()
      listening.set(id, null)
    })
    // What it begins with may have been too much already.
    if (listening.get(id) === null) end()
    else listening.set(id, end)
  }

  const reader = readMessages(socket, largestCall, (message) => {
    if (sentAway) return
    const call = callSchema.safeParse(message)
    if (call.success) {
      waiting.push(call.data)
      // Not read on until these are begun.
      if (waiting.length > 1) socket.pause()
      if (mayBegin()) line.join(waiter)
      return
    }
    if (helloSchema.safeParse(message).success) {
      wantsSigns = true
      return send(aliveMessage)
    }
    const { id, listen: begins } = listenSchema.parse(message)
    if (begins && (listening.has(id) || listening.size >= mostListeners)) throw new Error('No caller of ours.')
    if (begins) return listen(id)
    listening.get(id)?.()
    listening.delete(id)
    idleFrom = performance.now()
  })
  socket.on('drain', () => {
    if (mayBegin()) line.join(waiter)
    for (const [id, end] of listening)
      if (end === null) {
        listening.delete(id)
        listen(id)
      }
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    line.leave(waiter)
    waiting.length = 0
    for (const end of listening.values()) end?.()
    listening.clear()
  })

  const isAsking = () => underWay > 0 || waiting.length > 0
  return {
    socket,
    isAsking,
    idleSince: () => (isAsking() || listening.size > 0 ? null : idleFrom),
    unfinished: reader.unfinished,
    signOfLife() {
      // Where something waits to be read, that is sign enough.
      if (wantsSigns && isAsking() && socket.writableLength === 0) send(aliveMessage)
    },
    sendAway() {
      sentAway = true
      line.leave(waiter)
      // Of a call that has begun and is not answered nobody may think that it has not begun.
      if (underWay === 0) writeMessage(socket, leavingMessage)
      socket.end()
    },
  }
}
