import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf, exchange } from './diagnosis-fixture.ts'
import { serviceWith } from './known-fixture.ts'

function answering(body: unknown) {
  return eventsOf(exchange({ response: { body: JSON.stringify(body) } }))
}
const nested = { data: { access_token: '<access_token:ab>' } }

it('token-answer-elsewhere: names the place', () => {
  const found = diagnosisBy('token-answer-elsewhere', answering(nested), contextOf({ service: serviceWith() }))
  expect(found?.evidence.map(({ value }) => value)).toEqual(['data.access_token', 'access_token'])
  expect(found?.actions).toEqual([{ action: 'edit_service', serviceId: 'acme' }])
})

it('token-answer-elsewhere: says nothing where the token is where it is described to be', () => {
  const service = serviceWith({ tokenResponse: { accessToken: ['data.access_token'] } })
  expect(diagnosisBy('token-answer-elsewhere', answering(nested), contextOf({ service }))).toBeUndefined()
  expect(diagnosisBy('token-answer-elsewhere', answering({ access_token: '<access_token:ab>' }))).toBeUndefined()
  expect(diagnosisBy('token-answer-elsewhere', answering({ data: {} }))).toBeUndefined()
})
