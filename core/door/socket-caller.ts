// One caller of the local socket: its calls, in order, and the changes that it is sent. Limits how many of its calls run at once;
// further ones wait in the socket, so that the caller is slowed down and loses nothing.

import type { Socket } from 'node:net'
import { z } from 'zod'
import type { CallLine } from './call-line.ts'
import type { Door } from './door.ts'
import { largestCall } from './largest-call.ts'
import { aliveMessage, leavingMessage, readMessages, writeMessage } from './lines.ts'
import { createSubscriptions } from './subscriptions.ts'

export interface SocketCaller {
  readonly socket: Socket
  /** Whether a call of it waits or runs. */
  isAsking(): boolean
  /** Since when it has no call and does not listen (ms, monotonic); `null` if it does. */
  idleSince(): number | null
  /** How many characters of an incomplete call have arrived. */
  unfinished(): number
  /** Tells a waiting caller, if it wants to know, that the host is alive. */
  signOfLife(): void
  /** Disconnects it; calls that were not started can be sent again. */
  disconnect(): void
}

const helloSchema = z.strictObject({ hello: z.literal(true) })
const callSchema = z.strictObject({ id: z.number().int(), procedure: z.string().max(100), input: z.unknown() })
const listenSchema = z.strictObject({ id: z.number().int(), listen: z.boolean() })
type Call = z.infer<typeof callSchema>

/** How many calls of one caller run at once; further ones wait. */
const mostAtOnce = 100

/** With more unread bytes, a caller's calls wait, and instead of changes it gets a new snapshot later. */
const mostUnread = 16 * 1024 * 1024

export function serveCaller(socket: Socket, app: Door, line: CallLine): SocketCaller {
  const waiting: Call[] = []
  let underWay = 0
  let wantsSigns = false
  let isDisconnected = false
  /** Aborted when it ends the connection itself: a command was killed, or has all that it wanted. */
  const left = new AbortController()
  let idleFrom = performance.now()

  function send(message: object): void {
    writeMessage(socket, message)
    line.wrote(socket)
  }

  const mayBegin = () => waiting.length > 0 && underWay < mostAtOnce && socket.writableLength <= mostUnread

  function beginNext(): boolean {
    const call = isDisconnected || !mayBegin() ? undefined : waiting.shift()
    if (call) void answer(call)
    if (waiting.length === 0) socket.resume()
    return !isDisconnected && mayBegin()
  }

  const waiter = { socket, beginNext }

  async function answer({ id, procedure, input }: Call): Promise<void> {
    underWay += 1
    try {
      send({ id, answer: await app.call(procedure, input, 'command', left.signal) })
    } catch {
      socket.destroy()
    } finally {
      underWay -= 1
      idleFrom = performance.now()
      if (mayBegin()) line.join(waiter)
    }
  }

  const subscriptions = createSubscriptions(app, send, () => socket.writableLength > mostUnread)

  const reader = readMessages(socket, largestCall, (message) => {
    if (isDisconnected) return
    const call = callSchema.safeParse(message)
    if (call.success) {
      waiting.push(call.data)
      // Reads on after these were started.
      if (waiting.length > 1) socket.pause()
      if (mayBegin()) line.join(waiter)
      return
    }
    if (helloSchema.safeParse(message).success) {
      wantsSigns = true
      return send(aliveMessage)
    }
    const { id, listen: begins } = listenSchema.parse(message)
    if (begins) return subscriptions.begin(id)
    subscriptions.end(id)
    idleFrom = performance.now()
  })
  socket.on('drain', () => {
    if (mayBegin()) line.join(waiter)
    subscriptions.resume()
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    if (!isDisconnected) left.abort()
    line.leave(waiter)
    waiting.length = 0
    subscriptions.endAll()
  })

  const isAsking = () => underWay > 0 || waiting.length > 0
  return {
    socket,
    isAsking,
    idleSince: () => (isAsking() || subscriptions.count() > 0 ? null : idleFrom),
    unfinished: reader.unfinished,
    signOfLife() {
      // Unread data is a sign of life by itself.
      if (wantsSigns && isAsking() && socket.writableLength === 0) send(aliveMessage)
    },
    disconnect() {
      isDisconnected = true
      line.leave(waiter)
      // The message would mean that unanswered calls were not started.
      if (underWay === 0) writeMessage(socket, leavingMessage)
      socket.end()
    },
  }
}
