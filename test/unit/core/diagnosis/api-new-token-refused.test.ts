import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'
import { apiAnswer, connectionWith } from './known-fixture.ts'

const dead = apiAnswer(401, {
  'WWW-Authenticate': 'Bearer error="invalid_token", resource_metadata="https://api.example/m"',
})
const refreshed = { kind: 'second_try', failure: null }

it('api-new-token-refused: shows the resource that was asked for, and the API’s metadata', () => {
  const context = contextOf({ connection: connectionWith({ resources: ['https://other.example'] }) })
  const found = diagnosisBy('api-new-token-refused', eventsOf(dead, refreshed, dead), context)
  expect(found?.evidence.map(({ value }) => value).slice(-2)).toEqual([
    'https://other.example',
    'https://api.example/m',
  ])
})

it('api-new-token-refused: says nothing where the new token was taken, or there was none', () => {
  expect(diagnosisBy('api-new-token-refused', eventsOf(dead, refreshed, apiAnswer(200)))).toBeUndefined()
  expect(diagnosisBy('api-new-token-refused', eventsOf(dead))).toBeUndefined()
})
