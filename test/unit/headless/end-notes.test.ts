// The line beside a command's output about an end that only the person can put off: said where it was said nowhere yet.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Door } from '../../../contract/caller.ts'
import { noteEnds } from '../../../headless/end-notes.ts'
import { sampleConnection } from './sample-connection.ts'

const day = 86_400_000
const end = 100 * day
const token = { grantType: 'static_token' as const, refreshable: false, obtainedAt: 0, expiresAt: end }
let said: string
let asked: unknown[]

const door: Door = {
  call: async (name, input) => {
    asked.push({ name, input })
    return { ok: false, failure: { kind: 'vault_locked', message: 'Locked.' } }
  },
  listen: () => () => undefined,
}

beforeEach(() => {
  said = ''
  asked = []
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text)
    return true
  })
})
afterEach(() => vi.restoreAllMocks())

it('is one line, and is remembered', async () => {
  await noteEnds(door, [sampleConnection({ ...token, id: 'x', name: 'the key' })], 90 * day)
  expect(said).toMatch(/^the key ends on 1970-04-1\d .*, and nothing renews it: make a new token and replace it\.\n$/)
  expect(asked).toEqual([{ name: 'connections.markReminded', input: { id: 'x', end, dismissed: false } }])
})

it.each([
  ['far away', {}, 10 * day],
  ['told of before', { reminded: { end, dismissed: false, at: 80 * day } }, 90 * day],
  ['told of near it', { reminded: { end, dismissed: false, at: 99.5 * day } }, 99.9 * day],
  ['one that Grantdesk puts off', { refreshable: true }, 90 * day],
])('is not said of an end that is %s', async (_name, change, now) => {
  await noteEnds(door, [sampleConnection({ ...token, ...change })], now)
  expect([said, asked]).toEqual(['', []])
})
