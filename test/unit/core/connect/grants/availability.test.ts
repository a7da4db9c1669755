import { afterEach, expect, it } from 'vitest'
import { eventNote } from '../../../../../contract/flow/words.ts'
import type { AttemptContext } from '../../../../../core/connect/grants/attempt-context.ts'
import { checkAvailability } from '../../../../../core/connect/grants/availability.ts'
import { catalogue } from '../../../../../core/services/catalogue.ts'
import { flowFixture, serve, type TestServer } from '../../flows/flow-fixture.ts'

let server: TestServer
afterEach(() => server.close())

/** Asks a Plane that answers so; the outcome of the one exchange and its check, and why it was refused. */
async function ask(status: number, location?: string) {
  server = await serve((_, response) => response.writeHead(status, location ? { location } : {}).end())
  const service = catalogue().find(({ id }) => id === 'plane')
  const recording = flowFixture().log.start({ kind: 'connect', about: {}, serviceId: 'plane' })
  const signal = new AbortController().signal
  const asked = checkAvailability({ service, baseUrl: server.url, recording, signal } as unknown as AttemptContext)
  const refused = await asked.then(
    () => null,
    (error: Error) => error.message,
  )
  const [exchange, check, ...others] = recording.flow().events
  expect(others).toEqual([])
  if (exchange?.kind !== 'exchange' || check?.kind !== 'check') throw new Error('no exchange, or no check')
  return { refused, outcome: exchange.outcome, note: eventNote(exchange), check: [check.which, check.result] }
}

it.each([
  [400, 'It answers 400 to a bare question: it is there.'],
  [200, 'It answers 200 to a bare question: it is there.'],
  [403, 'It answers 403 to a bare question: it is there.'],
])('an authorization endpoint that answers %i is there: its exchange has succeeded', async (status, note) => {
  expect(await ask(status)).toEqual({ refused: null, outcome: 'succeeded', note, check: ['availability', 'passed'] })
})

it('one that sends visitors on is there, too', async () => {
  expect(await ask(302, '/sign-in')).toMatchObject({ refused: null, outcome: 'succeeded' })
})

it('one that answers 404 is not, and its exchange has failed', async () => {
  expect(await ask(404)).toMatchObject({
    refused: expect.stringContaining('no OAuth apps'),
    outcome: 'failed',
    check: ['availability', 'failed'],
  })
})
