import { expect, it } from 'vitest'
import { waitFor } from './authorization-fixture.ts'
import { diagnosisBy, eventsOf, exchange, refusal } from './diagnosis-fixture.ts'

const purpose = { kind: 'token_request', grantType: 'device_code' }
const given = exchange({
  purpose: { kind: 'device_authorization' },
  response: {
    body: JSON.stringify({ user_code: 'X', expires_in: 600, interval: 5 }),
    headers: [['content-type', 'application/json']],
  },
})

it('device-polled-too-fast: shows the interval that was given', () => {
  const refused = exchange({ purpose, response: refusal('slow_down'), outcome: 'failed' })
  expect(diagnosisBy('device-polled-too-fast', eventsOf(given, refused))?.evidence[0]).toMatchObject({ value: '5' })
})

it('device-polled-too-fast: says nothing where the pause was made longer', () => {
  const noted = exchange({ purpose, response: refusal('slow_down'), outcome: 'noted', ...{ finding: 'slow_down' } })
  const events = eventsOf(given, noted, waitFor('device', 'timed_out'))
  expect(diagnosisBy('device-polled-too-fast', events)).toBeUndefined()
})

it('device-polled-too-fast: sees in the flow of another program that it asked sooner than it may', () => {
  const noted = exchange({ purpose, response: refusal('slow_down'), outcome: 'noted', ...{ finding: 'slow_down' } })
  const polls = [
    { ...noted, at: 3_000 },
    { ...noted, at: 4_000 },
  ]
  expect(diagnosisBy('device-polled-too-fast', eventsOf(given, ...polls))?.weight).toBe('odd')
  const patient = [
    { ...noted, at: 3_000 },
    { ...noted, at: 13_000 },
  ]
  expect(diagnosisBy('device-polled-too-fast', eventsOf(given, ...patient))).toBeUndefined()
})
