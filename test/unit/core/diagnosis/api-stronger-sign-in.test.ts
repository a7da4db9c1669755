import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'
import { apiAnswer } from './known-fixture.ts'

const wanting = (rest: string) =>
  eventsOf(apiAnswer(401, { 'WWW-Authenticate': `Bearer error="insufficient_user_authentication"${rest}` }))

it('api-stronger-sign-in: connects again with what the API asks for', () => {
  const context = contextOf({ flow: { kind: 'request', connectionId: 'c1' } })
  const found = diagnosisBy('api-stronger-sign-in', wanting(', acr_values="urn:mfa gold", max_age="60"'), context)
  const parameters = { acr_values: 'urn:mfa gold', max_age: '60' }
  expect(found?.actions).toEqual([{ action: 'reconnect', connectionId: 'c1', changes: { parameters } }])
})

it('api-stronger-sign-in: says nothing of an invalid token', () => {
  const invalid = apiAnswer(401, { 'WWW-Authenticate': 'Bearer error="invalid_token"' })
  expect(diagnosisBy('api-stronger-sign-in', eventsOf(invalid))).toBeUndefined()
})
