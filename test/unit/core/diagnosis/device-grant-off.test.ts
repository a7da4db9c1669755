import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, exchange, refusal } from './diagnosis-fixture.ts'

const asked = (response: object) =>
  eventsOf(exchange({ purpose: { kind: 'device_authorization' }, response, outcome: 'failed' }))

it('device-grant-off: is told by the code, or by an endpoint that is not there', () => {
  expect(diagnosisBy('device-grant-off', asked(refusal('device_flow_disabled')))).toBeDefined()
  expect(diagnosisBy('device-grant-off', asked({ status: 404 }))?.title).toContain('no device authorization endpoint')
})

it('device-grant-off: says nothing of a client that is refused', () => {
  expect(diagnosisBy('device-grant-off', asked(refusal('invalid_client', undefined, 401)))).toBeUndefined()
})
