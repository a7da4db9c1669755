// Hostile archives: nested without end, huge, of wrong types, cut anywhere. None costs a crash, none more memory than is bounded.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flowEventSchema } from '../../../../contract/flow/event.ts'
import { createFlowFileReader } from '../../../../core/har/flow-file.ts'
import { fuzzSeed } from '../../../support/fuzz/seed.ts'
import { importFile } from './import-fixture.ts'
import { archive, entryOf } from './recorded.ts'

const seed = fuzzSeed('hostile archives')
const code = 'c'.repeat(20)
const small = JSON.stringify(
  archive([
    {
      url: `https://as.example/authorize?response_type=code&client_id=a&state=s1234567&redirect_uri=https%3A%2F%2Fa.example%2F`,
    },
    { url: `https://a.example/?code=${code}&state=s1234567` },
    {
      url: 'https://as.example/token',
      form: { grant_type: 'authorization_code', code, client_id: 'a' },
      json: { access_token: 'x'.repeat(30) },
    },
  ]),
)

/** The file in pieces that are made one after the other, so that the test holds none of it. */
function* repeated(head: string, part: (at: number) => string, times: number, tail = ''): Generator<Uint8Array> {
  yield Buffer.from(head)
  for (let at = 0; at < times; at++) yield Buffer.from(part(at))
  yield Buffer.from(tail)
}

function read(pieces: Iterable<Uint8Array>) {
  const reader = createFlowFileReader()
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  let most = 0
  let count = 0
  for (const piece of pieces) {
    reader.write(piece)
    if (++count % 50 === 0) most = Math.max(most, process.memoryUsage().heapUsed - before)
  }
  return { contents: reader.end(), megabytes: most / 1_000_000 }
}

describe('a hostile archive', () => {
  it('cut anywhere gives what stands before the cut', async () => {
    for (let end = 20; end < small.length; end += 37) {
      const { result } = await importFile(small.slice(0, end))
      expect(result.fault).toMatchObject({ kind: 'ended_early' })
    }
  })

  it('of any shape under the names that are read costs no crash, and what is stored fits the contract', async () => {
    const any = fc.jsonValue({ maxDepth: 3 })
    const address = fc.constantFrom(
      'https://as.example/token?grant_type=x',
      `https://a.example/?code=${code}&state=1`,
      'http://[',
      '',
    )
    const text = fc.oneof(fc.string({ unit: 'binary' }), address, any)
    const pair = fc.record({ name: text, value: text })
    const message = fc.record(
      {
        method: fc.oneof(fc.constantFrom('GET', 'POST'), any),
        url: fc.oneof({ weight: 3, arbitrary: address }, text),
        headers: fc.oneof(fc.array(pair), any),
        postData: fc.oneof(
          fc.record({
            mimeType: text,
            text: fc.oneof(fc.constant(`grant_type=authorization_code&code=${code}`), text),
          }),
          any,
        ),
        status: fc.oneof(fc.integer({ min: -5, max: 1200 }), any),
        redirectURL: text,
        content: fc.oneof(
          fc.record({ text, encoding: fc.constantFrom('base64', 'x'), mimeType: text, size: any }),
          any,
        ),
      },
      { requiredKeys: [] },
    )
    const entry = fc.oneof(
      fc.record({ startedDateTime: text, time: any, request: message, response: message, timings: any }),
      any,
    )
    const file = fc.record({
      log: fc.record({ creator: any, entries: fc.oneof(fc.array(entry, { maxLength: 12 }), any) }),
    })
    const property = fc.asyncProperty(file, async (value) => {
      const { flows } = await importFile(JSON.stringify(value))
      for (const { events } of flows)
        for (const event of events) expect(() => flowEventSchema.parse(event)).not.toThrow()
    })
    await fc.assert(property, { seed, numRuns: 300 })
  })

  it('of a hundred megabytes in one text holds little of it', () => {
    const part = 'x'.repeat(1_000_000)
    const head = '{"log":{"entries":[{"request":{"url":"https://as.example/?code=a&state=b","postData":{"text":"'
    const { contents, megabytes } = read(repeated(head, () => part, 100, '"}}}]}}'))
    expect(contents.messages).toHaveLength(1)
    expect(contents.fault).toBeNull()
    expect(megabytes).toBeLessThan(60)
  })

  it('of two hundred megabytes of pages with a login among them holds the login alone', () => {
    const page = `${JSON.stringify(entryOf({ url: 'https://a.example/page', text: 'y'.repeat(100_000) }, 1))},`
    const login = `${JSON.stringify(entryOf({ url: `https://a.example/?code=${code}&state=1` }, 2))},`
    const part = (at: number) => (at % 100 === 0 ? login : page)
    const { contents, megabytes } = read(repeated('{"log":{"entries":[', part, 2_000, '1]}}'))
    expect(contents.messages).toHaveLength(20)
    expect(contents.entries).toBe(2_001)
    expect(megabytes).toBeLessThan(120)
  })

  it('of a million logins holds a bounded number, and says how many it left out', () => {
    const login = JSON.stringify(entryOf({ url: `https://a.example/?code=${code}&state=1` }, 2))
    const part = Array.from({ length: 100 }, () => login).join(',')
    const { contents } = read(repeated('{"log":{"entries":[', () => `${part},`, 100, '1]}}'))
    expect(contents.messages).toHaveLength(3_000)
    expect(contents.leftOut).toBe(7_000)
  })

  it.each(['[', '{"a":', '{"log":{"entries":[{"request":{"headers":['])(
    'nested without end by %s ends there',
    (open) => {
      const { contents } = read(repeated('', () => open.repeat(10_000), 100))
      expect(contents.fault?.kind).toMatch(/too_deep|syntax/)
    },
  )
})
