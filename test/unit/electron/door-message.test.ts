// The window's channel with everything that a structured clone carries.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { failureSchema } from '../../../contract/failure.ts'
import { largestCall } from '../../../core/door/largest-call.ts'
import { readDoorMessage } from '../../../electron/door-message.ts'
import { cpuTime } from '../../support/cpu-time.ts'
import { hostileText, hostileValue } from '../../support/fuzz/hostile-values.ts'
import { nearMiss } from '../../support/fuzz/near-misses.ts'
import { isPolluted } from '../../support/fuzz/prototypes.ts'
import { fuzzCases, fuzzSeed } from '../../support/fuzz/seed.ts'

const cases = fuzzCases(5_000, 20_000)

it('passes a call and a wish to listen on as they are', () => {
  const input = { id: 'x', tags: ['a', null, 1, true, undefined], name: undefined }
  expect(readDoorMessage({ procedure: 'connections.tag', input })).toEqual({ procedure: 'connections.tag', input })
  expect(readDoorMessage({ listen: true })).toEqual({ listen: true })
  const text = 'x'.repeat(largestCall - 1_000)
  expect(readDoorMessage({ procedure: 'backup.inspect', input: { text } })).toHaveProperty('procedure')
})

it('refuses what is larger than the longest call, whatever makes it large', () => {
  const ring: unknown[] = []
  ring.push(ring, ring)
  const shared = Array.from({ length: 8 }).reduce<unknown>((inner) => new Array(100).fill(inner), 'x')
  for (const input of ['x'.repeat(largestCall), new Array(largestCall / 8).fill(0), ring, shared]) {
    const read = () => expect(readDoorMessage({ procedure: 'flows.get', input })).toHaveProperty('failure')
    expect(cpuTime(read)).toBeLessThan(10_000)
  }
})

it(`answers ${cases} hostile messages with a typed failure or a call of plain data, and throws at none`, () => {
  const fit = fc.record({ procedure: hostileText, input: hostileValue })
  // What the other side of the channel gets is a clone; what cannot be cloned never leaves the page.
  const cloned = fc.oneof(fit, nearMiss(fc.constant({ procedure: 'flows.get', input: { id: 'x' } })), hostileValue)
  let passed = 0
  for (const message of fc.sample(cloned, { numRuns: cases, seed: fuzzSeed('window channel') })) {
    const read = readDoorMessage(message)
    if (isPolluted()) throw new Error('a prototype was polluted')
    if ('failure' in read) failureSchema.parse(read.failure)
    else if ('procedure' in read) {
      passed += 1
      expect([Map, Set, Date, Error, RegExp, Uint8Array].some((kind) => read.input instanceof kind)).toBe(false)
    }
  }
  expect(passed).toBeGreaterThan(cases / 20)
})
