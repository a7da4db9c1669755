import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf } from './diagnosis-fixture.ts'
import { apiAnswer } from './known-fixture.ts'

it('api-token-placement: names the schemes that the API asks for', () => {
  const found = diagnosisBy(
    'api-token-placement',
    eventsOf(apiAnswer(401, { 'WWW-Authenticate': 'Basic realm="a, b", Token' })),
  )
  expect(found?.title).toContain('basic, token')
  expect(found?.evidence[0]).toMatchObject({ name: 'Authorization', value: 'Bearer <access_token:ab>' })
})

it('api-token-placement: says nothing where Bearer is among them, or none is named', () => {
  const both = apiAnswer(401, { 'WWW-Authenticate': 'Basic realm="x", Bearer error="invalid_token"' })
  expect(diagnosisBy('api-token-placement', eventsOf(both))).toBeUndefined()
  expect(diagnosisBy('api-token-placement', eventsOf(apiAnswer(401)))).toBeUndefined()
})
