// The door to a host in another process, over its local socket. Checks every answer against the contract, because that process may
// be of another version. If the host ends, calls return a Failure.
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { Door } from '../../contract/caller.ts'
import { type Change, changeSchema } from '../../contract/change.ts'
import { type Answer, type Failure, failureSchema } from '../../contract/failure.ts'
import { lazyObject } from '../../contract/lazy-schema.ts'
import { type ProcedureInput, type ProcedureName, type ProcedureOutput, procedures } from '../../contract/procedures.ts'
import { helloMessage, readMessages, writeMessage } from './lines.ts'
import { readLocalNote } from './local-note.ts'

export interface RemoteDoor extends Door {
  /** Like `call`; returns `null` if the host ended before it started the call, so that the next host can be asked. */
  ask<Name extends ProcedureName>(
    name: Name,
    input: ProcedureInput<Name>,
  ): Promise<Answer<ProcedureOutput<Name>> | null>
  /** Settles when the host disconnects. */
  readonly ended: Promise<void>
  close(): void
}

const answerSchema = lazyObject(() => ({
  id: z.number(),
  answer: z.union([
    z.object({ ok: z.literal(true), value: z.unknown() }),
    z.object({ ok: z.literal(false), failure: failureSchema }),
  ]),
}))
const aliveSchema = lazyObject(() => ({ alive: z.literal(true) }))
const leavingSchema = lazyObject(() => ({ leaving: z.literal(true) }))
const changedSchema = lazyObject(() => ({ id: z.number(), change: changeSchema }))

/** Characters; close to the longest possible string. */
const longestLine = 500_000_000

/** How often to check for a sign of life (ms). If this process is not scheduled itself, it does not count. */
const usualInterval = 1_000

/** After this many checks without a sign of life, which a host sends every two seconds, it hangs, however busy the machine is. */
export const mostSilentChecks = 60

/** The pause before connecting again to a host whose queue of connections is full (ms). */
const again = 100

/** The first protocol version with signs of life. */
const firstWithSigns = 2

const gone: Failure = {
  kind: 'network',
  message: 'The Grantdesk that holds the vault went away before it answered.',
  remedy: 'Try again.',
  code: null,
}
const silent: Failure = {
  kind: 'timed_out',
  message: 'The Grantdesk that holds the vault has given no sign of life for a minute.',
  remedy: 'What was asked for may have been done all the same: see its history.',
}
const otherVersion: Failure = {
  kind: 'unexpected_answer',
  message: 'The Grantdesk that holds the vault answered in a way this version does not know.',
  remedy: 'It may be of another version: stop it and start this one.',
  status: null,
}

export interface ReachOptions {
  /** Called after each check without an answer; returns whether waiting is pointless. */
  shouldGiveUp?(checks: number): boolean
  interval?: number
}

/**
 * Connects to the host that owns the vault in `folder`, and waits for its first answer; `null` if there is none, or waiting is
 * pointless.
 */
export async function openRemoteDoor(folder: string, options: ReachOptions = {}): Promise<RemoteDoor | null> {
  const { shouldGiveUp = (checks) => checks >= mostSilentChecks, interval = usualInterval } = options
  const note = readLocalNote(folder)
  if (note === null) return null
  const givesSigns = note.protocol >= firstWithSigns
  const socket = connect(note.address)
  let isQueueFull = false
  socket.once('error', (error: NodeJS.ErrnoException) => {
    isQueueFull = error.code === 'EAGAIN'
  })
  const door = createRemoteDoor(socket, givesSigns, interval)
  const greeting = givesSigns ? door.greeting : door.call('app.snapshot', {}).then(({ ok }) => ok)
  let checks = 0
  let timer: NodeJS.Timeout | undefined
  const hopeless = new Promise<false>((resolve) => {
    timer = setInterval(() => {
      checks += 1
      if (shouldGiveUp(checks)) resolve(false)
    }, interval)
  })
  const answered = await Promise.race([greeting, hopeless])
  clearInterval(timer)
  if (answered) return door
  door.close()
  if (!isQueueFull) return null
  // The system's queue of connections is full: the host is there, but has not accepted them yet.
  await pause(again * (0.5 + Math.random()))
  return openRemoteDoor(folder, options)
}

function createRemoteDoor(socket: Socket, givesSigns: boolean, interval: number) {
  const waiting = new Map<number, (answer: Answer<unknown> | null) => void>()
  const listeners = new Map<number, (change: Change) => void>()
  let lastId = 0
  let left = false
  let silentChecks = 0
  const greeting = Promise.withResolvers<boolean>()

  /** Ends all calls with `answer`, and the connection. */
  function end(answer: Answer<unknown> | null): void {
    for (const settle of waiting.values()) settle(answer)
    waiting.clear()
    socket.destroy()
  }

  readMessages(socket, longestLine, (message) => {
    silentChecks = 0
    if (aliveSchema.safeParse(message).success) return greeting.resolve(true)
    const answered = answerSchema.safeParse(message)
    if (answered.success) {
      waiting.get(answered.data.id)?.(answered.data.answer)
      waiting.delete(answered.data.id)
      return
    }
    if (leavingSchema.safeParse(message).success) {
      left = true
      return end(null)
    }
    const { id, change } = changedSchema.parse(message)
    listeners.get(id)?.(change)
  })
  const watching = setInterval(() => {
    silentChecks = waiting.size > 0 ? silentChecks + 1 : 0
    if (givesSigns && silentChecks >= mostSilentChecks) end({ ok: false, failure: silent })
  }, interval).unref()
  const ended = new Promise<void>((resolve) => {
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      clearInterval(watching)
      greeting.resolve(false)
      end({ ok: false, failure: gone })
      resolve()
    })
  })
  if (givesSigns) writeMessage(socket, helloMessage)

  async function ask<Name extends ProcedureName>(name: Name, input: ProcedureInput<Name>) {
    if (left || !socket.writable) return null
    lastId += 1
    const id = lastId
    const answer = await new Promise<Answer<unknown> | null>((resolve) => {
      waiting.set(id, resolve)
      writeMessage(socket, { id, procedure: name, input })
    })
    if (answer === null || !answer.ok) return answer
    const value = procedures[name].output.safeParse(answer.value)
    if (!value.success) return { ok: false as const, failure: otherVersion }
    return { ok: true as const, value: value.data as ProcedureOutput<Name> }
  }

  const door: RemoteDoor = {
    ended,
    close: () => void socket.destroy(),
    ask,
    call: async (name, input) => (await ask(name, input)) ?? { ok: false, failure: gone },
    listen(onChange) {
      lastId += 1
      const id = lastId
      listeners.set(id, onChange)
      writeMessage(socket, { id, listen: true })
      return () => {
        listeners.delete(id)
        writeMessage(socket, { id, listen: false })
      }
    },
  }
  return { ...door, greeting: greeting.promise }
}
