import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, earlierFlow, eventsOf } from './diagnosis-fixture.ts'
import { apiAnswer, serviceWith } from './known-fixture.ts'

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

it('api-token-placement: says nothing where a token was taken so before, or unknown ones are nobody’s', () => {
  const basic = eventsOf(apiAnswer(401, { 'WWW-Authenticate': 'Basic realm="x"' }))
  const before = contextOf({ earlier: [earlierFlow(eventsOf(apiAnswer(200)))] })
  expect(diagnosisBy('api-token-placement', basic, before)).toBeUndefined()
  expect(diagnosisBy('api-token-revoked', basic, before)?.weight).toBe('likely')
  const anonymous = contextOf({ service: serviceWith({ anonymous: true }) })
  expect(diagnosisBy('api-token-placement', basic, anonymous)).toBeUndefined()
  const refusedBefore = contextOf({ earlier: [earlierFlow(eventsOf(apiAnswer(401)))] })
  expect(diagnosisBy('api-token-placement', basic, refusedBefore)?.weight).toBe('cause')
})
