// Generated lines at the local socket: changed, cut in two, run together. Only calls reach the application, each as it was
// sent; whatever is none ends that connection alone.
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type LocalSocket, openLocalSocket } from '../../../../core/door/local-socket.ts'
import { openRemoteDoor } from '../../../../core/door/remote-door.ts'
import { asJson, hostileText, hostileValue } from '../../../support/fuzz/hostile-values.ts'
import { nearMiss } from '../../../support/fuzz/near-misses.ts'
import { isPolluted } from '../../../support/fuzz/prototypes.ts'
import { fuzzCases, fuzzSeed } from '../../../support/fuzz/seed.ts'
import { type SampleApp, sampleApp } from './sample-app.ts'

let folder = ''
let app: SampleApp
let opened: LocalSocket

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'grantdesk-socket-fuzz-'))
  app = sampleApp()
  opened = await openLocalSocket(folder, app)
})
beforeEach(() => {
  app.calls.length = 0
})
afterAll(async () => {
  await opened.close()
  rmSync(folder, { recursive: true })
})

/** Sends the pieces; resolves with the lines that came back, once there are `enough`, the host ends it, or `timeout` (ms) ends. */
function exchange(pieces: Buffer[], enough: number, timeout = 5_000): Promise<string[]> {
  return new Promise((resolve) => {
    let received = ''
    const socket = connect(opened.address, async () => {
      for (const piece of pieces) {
        socket.write(piece)
        if (pieces.length > 1) await new Promise((next) => setImmediate(next))
      }
      setTimeout(() => socket.destroy(), timeout).unref()
    })
    socket.setEncoding('utf8')
    socket.on('data', (chunk) => {
      received += chunk
      if (received.split('\n').length > enough) socket.destroy()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(received.split('\n').filter((line) => line !== '')))
  })
}

async function stillAnswers(): Promise<void> {
  const door = await openRemoteDoor(folder)
  expect((await door?.call('app.snapshot', {}))?.ok).toBe(true)
  door?.close()
}

/** Twenty connections at a time. */
async function inTwenties<T>(all: T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all]
  const next = async (): Promise<void> => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) await work(one)
  }
  await Promise.all(Array.from({ length: 20 }, next))
}

const cases = fuzzCases(800, 3_000)

const line = (id: number, procedure: string, input: unknown) => `${JSON.stringify({ id, procedure, input })}\n`

it(`ends the connection at ${cases} lines that are no calls, does nothing for them, and answers the next caller`, async () => {
  const call = fc.constant({ id: 1, procedure: 'app.snapshot', input: { id: 'x' } })
  const wrong = fc
    .oneof(nearMiss(call), hostileValue, fc.record({ id: hostileValue, listen: hostileValue }))
    .map(asJson)
  const bytes = fc.tuple(fc.nat(50), fc.nat(255)).map(([at, byte]) => {
    const text = Buffer.from(line(1, 'app.snapshot', {}))
    text[at % (text.length - 1)] = byte
    return text.toString('latin1').trimEnd()
  })
  const lines = fc.sample(fc.oneof({ weight: 3, arbitrary: wrong }, bytes, hostileText), {
    numRuns: cases,
    seed: fuzzSeed('local socket'),
  })
  await inTwenties(lines, async (text) => {
    await exchange([Buffer.from(`${text}\n`, 'latin1')], 1, 50)
  })
  // What was a call all the same has a name that is a text of bounded length, and comes from a command.
  for (const { name, caller } of app.calls)
    expect([typeof name, name.length <= 100, caller]).toEqual(['string', true, 'command'])
  expect(app.listeners.size).toBe(0)
  expect(isPolluted()).toBe(false)
  await stillAnswers()
})

it('does nothing for what follows a line that is no call', async () => {
  const first = line(1, 'flows.list', {})
  for (const wrong of ['x\n', '{}\n', '[1]\n', '{"id":1,"listen":"x"}\n', '{"id":1.5,"procedure":"a","input":1}\n']) {
    app.calls.length = 0
    await exchange([Buffer.from(first + wrong + first)], 2)
    expect(app.calls).toHaveLength(1)
  }
})

it('takes every call as it was sent, however the bytes are cut and run together', async () => {
  const many = fc.record({
    inputs: fc.array(fc.record({ name: hostileText }), { minLength: 1, maxLength: 5 }),
    cuts: fc.array(fc.nat(9_999), { maxLength: 8 }),
  })
  for (const { inputs, cuts } of fc.sample(many, { numRuns: 60, seed: fuzzSeed('local socket pieces') })) {
    app.calls.length = 0
    const all = Buffer.from(inputs.map((input, at) => line(at, 'flows.list', input)).join(''))
    const ends = [...new Set(cuts.map((cut) => cut % all.length))].sort((one, other) => one - other)
    const pieces = [...ends, all.length].map((end, at) => all.subarray(ends[at - 1] ?? 0, end))
    const answers = await exchange(pieces, inputs.length)
    expect(app.calls.map(({ input }) => input)).toEqual(JSON.parse(JSON.stringify(inputs)))
    expect(answers).toHaveLength(inputs.length)
  }
})
