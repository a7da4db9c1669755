// What can be done with an attempt while it runs, by what it waits for.
import { beforeEach, expect, it } from 'vitest'
import type { Attempt } from '../../../../contract/attempt.ts'
import { createAttemptStore } from '../../../../core/connect/attempt-store.ts'
import type { AttemptContext } from '../../../../core/connect/grants/attempt-context.ts'
import type { OtherAccount } from '../../../../core/connect/other-account.ts'
import { createRunningAttempts, type RunningAttempts } from '../../../../core/connect/running-attempts.ts'

const common = { id: 'a', serviceId: 's', clientId: null, flowId: 'f', startedAt: 1 }
const waiting = { state: 'awaiting_device', ...common, closesAt: 2 } as Attempt
const sending: Attempt = { state: 'exchanging', ...common }

let attempts: ReturnType<typeof createAttemptStore>
let running: RunningAttempts
let abort: AbortController
let end: () => void

beforeEach(() => {
  attempts = createAttemptStore(
    () => undefined,
    () => undefined,
  )
  running = createRunningAttempts(attempts)
  abort = new AbortController()
  const ended = Promise.withResolvers<void>()
  end = ended.resolve
  running.begin('a', { abort, ended: ended.promise })
})

const context = { id: 'a', common, recording: { wait: () => () => undefined } } as unknown as AttemptContext
const other = { existing: 'n1' } as OtherAccount

it('is cancelled while it waits for the person, and not once the token request is on its way', () => {
  attempts.set(sending)
  running.cancel('a')
  expect(abort.signal.aborted).toBe(false)
  attempts.set(waiting)
  running.cancel('a')
  expect(abort.signal.aborted).toBe(true)
})

it('takes a pasted answer only as long as it asks for one', () => {
  const pasted: string[] = []
  running.onPaste('a', (text) => pasted.push(text))
  running.paste('a', 'code')
  running.onPaste('a', null)
  expect(() => running.paste('a', 'another')).toThrow('not waiting for an answer')
  expect(pasted).toEqual(['code'])
})

it('asks about another account until the person decides, and shows that it goes on then', async () => {
  const asked = running.ask(context, other)
  expect(attempts.find('a').state).toBe('asking_account')
  end()
  await running.decide('a', 'replace')
  expect([await asked, attempts.find('a').state]).toEqual(['replace', 'identifying'])
  await expect(running.decide('a', 'replace')).rejects.toThrow('asks nothing')
})

it('keeps the tokens of another account apart when the vault closes over the question', async () => {
  const asked = running.ask(context, other)
  const closed = running.close()
  expect(await asked).toBe('keep_apart')
  end()
  await closed
})

it('is forgotten when the command that started it was killed while it waited', async () => {
  attempts.set(waiting)
  const left = new AbortController()
  const followed = running.cancelWhenLeft('a', left.signal)
  left.abort()
  expect(abort.signal.aborted).toBe(true)
  attempts.set({ state: 'failed', ...common, failure: { kind: 'cancelled', message: 'Cancelled.' } })
  end()
  await followed
  expect(attempts.views()).toEqual([])
})
