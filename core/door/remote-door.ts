// A caller's side of the local socket: the same door, held by another process. Checks every answer against the contract,
// because that process may be of another version; turns a host that goes away into a Failure.
import { connect, type Socket } from 'node:net'
import { z } from 'zod'
import type { Door } from '../../contract/caller.ts'
import { type Change, changeSchema } from '../../contract/change.ts'
import { type Answer, type Failure, failureSchema } from '../../contract/failure.ts'
import { type ProcedureInput, type ProcedureName, type ProcedureOutput, procedures } from '../../contract/procedures.ts'
import { readMessages, writeMessage } from './lines.ts'
import { findLocalAddress } from './local-address.ts'

export interface RemoteDoor extends Door {
  /** As `call`; `null` where the other side has left without beginning it, so that another host may be asked. */
  ask<Name extends ProcedureName>(
    name: Name,
    input: ProcedureInput<Name>,
  ): Promise<Answer<ProcedureOutput<Name>> | null>
  /** Settles when the other side goes away. */
  readonly ended: Promise<void>
  close(): void
}

const answerSchema = z.object({
  id: z.number(),
  answer: z.union([
    z.object({ ok: z.literal(true), value: z.unknown() }),
    z.object({ ok: z.literal(false), failure: failureSchema }),
  ]),
})
const leavingSchema = z.object({ leaving: z.literal(true) })
const changedSchema = z.object({ id: z.number(), change: changeSchema })

const longestLine = 64 * 1024 * 1024

const gone: Failure = {
  kind: 'network',
  message: 'The Grantdesk that holds the vault went away before it answered.',
  remedy: 'Try again.',
  code: null,
}
const otherVersion: Failure = {
  kind: 'unexpected_answer',
  message: 'The Grantdesk that holds the vault answered in a way this version does not know.',
  remedy: 'It may be of another version: stop it and start this one.',
  status: null,
}

/** The door of the host that holds the vault in `folder`; `null` where none answers within `timeout` (ms). */
export async function openRemoteDoor(folder: string, timeout = 3_000): Promise<RemoteDoor | null> {
  const address = findLocalAddress(folder)
  if (address === null) return null
  const socket = connect(address)
  const door = createRemoteDoor(socket)
  const greeting = door.call('app.snapshot', {}).then(({ ok }) => ok)
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), timeout)
  })
  const answered = await Promise.race([greeting, tooLate])
  clearTimeout(timer)
  if (answered) return door
  door.close()
  return null
}

function createRemoteDoor(socket: Socket): RemoteDoor {
  const waiting = new Map<number, (answer: Answer<unknown> | null) => void>()
  const listeners = new Map<number, (change: Change) => void>()
  let lastId = 0
  let left = false

  /** What is under way ends with `answer`, and the connection with it. */
  function end(answer: Answer<unknown> | null): void {
    for (const settle of waiting.values()) settle(answer)
    waiting.clear()
    socket.destroy()
  }

  readMessages(socket, longestLine, (message) => {
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
  const ended = new Promise<void>((resolve) => {
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      end({ ok: false, failure: gone })
      resolve()
    })
  })

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

  return {
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
}
