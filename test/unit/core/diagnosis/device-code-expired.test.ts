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

it('device-code-expired: shows how long the code lived', () => {
  const found = diagnosisBy('device-code-expired', eventsOf(given, waitFor('device', 'timed_out')))
  expect(found?.evidence).toMatchObject([{ event: '1', name: 'expires_in', value: '600' }])
  const refused = exchange({ purpose, response: refusal('expired_token'), outcome: 'failed' })
  expect(diagnosisBy('device-code-expired', eventsOf(given, refused))?.evidence[1]?.value).toBe('expired_token')
})

it('device-code-expired: says nothing where the person refused', () => {
  const refused = exchange({ purpose, response: refusal('access_denied'), outcome: 'failed' })
  expect(diagnosisBy('device-code-expired', eventsOf(given, waitFor('device', 'failed'), refused))).toBeUndefined()
})
