import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, networkFailure, unanswered } from './diagnosis-fixture.ts'

it('answer-not-http: shows the address', () => {
  const found = diagnosisBy('answer-not-http', eventsOf(unanswered({ kind: 'not_http', host: 'as.example' })))
  expect(found?.evidence.map(({ value }) => value)).toEqual(['https://as.example/token'])
})

it('answer-not-http: says nothing where the connection broke', () => {
  expect(diagnosisBy('answer-not-http', eventsOf(networkFailure('ECONNRESET')))).toBeUndefined()
})
