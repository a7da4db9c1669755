import { expect, it } from 'vitest'
import { afterRedirect, redirectWith } from './authorization-fixture.ts'
import { diagnosisBy, eventsOf, exchange, refusal } from './diagnosis-fixture.ts'

it('consent-refused: says so by the server’s code', () => {
  const found = diagnosisBy('consent-refused', afterRedirect({}, redirectWith('access_denied')))
  expect([found?.weight, found?.evidence[0]?.value]).toEqual(['cause', 'access_denied'])
})

it('consent-refused: says nothing of another one', () => {
  expect(diagnosisBy('consent-refused', afterRedirect({}, redirectWith('invalid_scope')))).toBeUndefined()
})

it('consent-refused: reads what the person decided on another device', () => {
  const purpose = { kind: 'token_request', grantType: 'device_code' }
  const events = eventsOf(exchange({ purpose, response: refusal('access_denied'), outcome: 'failed' }))
  expect(diagnosisBy('consent-refused', events)).toBeDefined()
})
