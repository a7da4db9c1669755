// A flow as an HTTP Archive: valid, and read back as the same flow.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flowToHar } from '../../../../core/sharing/flow-to-har.ts'
import { eventOf, harToFlow } from '../../../../core/sharing/har-to-flow.ts'
import { fuzzSeed } from '../../../support/fuzz/seed.ts'
import { flows } from './flow-arbitrary.ts'

const seed = fuzzSeed('flows as archives')
const through = (value: unknown) => JSON.parse(JSON.stringify(value))

describe('a flow as an HTTP Archive', () => {
  it('is read back as the same flow', () => {
    const property = fc.property(flows, (flow) => {
      const { log } = through(flowToHar(flow, '1.0.0'))
      expect(harToFlow(log._grantdesk, log.entries)).toEqual({ flow: through(flow), missing: 0 })
    })
    fc.assert(property, { seed, numRuns: 300 })
  })

  it('has what HAR 1.2 demands of every entry', () => {
    const property = fc.property(flows, (flow) => {
      const { log } = through(flowToHar(flow, '1.0.0'))
      expect(log).toMatchObject({ version: '1.2', creator: { name: 'Grantdesk', version: '1.0.0' } })
      for (const entry of log.entries) expectEntry(entry)
    })
    fc.assert(property, { seed, numRuns: 100 })
  })

  it('lacks the events that cannot be read, and says how many', () => {
    const property = fc.property(flows, (flow) => {
      const { log } = through(flowToHar(flow, '1.0.0'))
      const shown = new Set(log.entries.map(eventOf))
      const left = flow.events.filter(({ id, kind }) => !shown.has(id) || kind === 'authorization_request')
      const read = harToFlow(log._grantdesk, [])
      expect(read?.flow.events).toEqual(through(left))
      expect(read?.missing).toBe(flow.events.length - left.length)
    })
    fc.assert(property, { seed, numRuns: 100 })
  })

  it.each([null, [], 'text', {}, { flow: {} }, { flow: 'x', events: 7 }])('is none without a flow: %j', (own) => {
    expect(harToFlow(own, [])).toBeNull()
  })
})

function expectEntry(entry: Record<string, never> & { [name: string]: unknown }) {
  const any = expect.anything()
  const pair = { name: expect.any(String), value: expect.any(String) }
  expect(new Date(String(entry.startedDateTime)).toISOString()).toBe(entry.startedDateTime)
  const { request, response, timings } = entry as unknown as Record<string, Record<string, unknown>>
  expect(entry).toMatchObject({ time: expect.any(Number), cache: {}, comment: expect.any(String) })
  expect(request).toMatchObject({ method: any, httpVersion: any, cookies: [], headersSize: -1 })
  expect(response).toMatchObject({ status: expect.any(Number), httpVersion: any, cookies: [], headersSize: -1 })
  expect(response?.content).toMatchObject({ size: expect.any(Number), mimeType: expect.any(String) })
  for (const one of [request?.headers, request?.queryString, response?.headers].flat()) expect(one).toMatchObject(pair)
  const { send, wait, receive } = timings as { send: number; wait: number; receive: number }
  expect(Math.min(send, wait, receive)).toBeGreaterThanOrEqual(0)
  expect(entry.time).toBe(send + wait + receive)
}
