import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, exchange } from './diagnosis-fixture.ts'

it('token-answer-empty: shows the address and the status', () => {
  const found = diagnosisBy(
    'token-answer-empty',
    eventsOf(exchange({ response: { status: 204, statusText: 'No Content' } })),
  )
  expect(found?.evidence.map(({ value }) => value)).toEqual(['https://as.example/token', '204 No Content'])
})

it('token-answer-empty: says nothing of an answer with a body, or of a refusal', () => {
  expect(diagnosisBy('token-answer-empty', eventsOf(exchange({ response: { body: '{}' } })))).toBeUndefined()
  expect(diagnosisBy('token-answer-empty', eventsOf(exchange({ response: { status: 400 } })))).toBeUndefined()
})
