import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf } from './diagnosis-fixture.ts'
import { apiAnswer } from './known-fixture.ts'

it('api-trouble: says when to try again', () => {
  expect(diagnosisBy('api-trouble', eventsOf(apiAnswer(503, { 'Retry-After': '30' })))?.remedy).toContain('30 s')
})

it('api-trouble: says nothing of a refusal', () => {
  expect(diagnosisBy('api-trouble', eventsOf(apiAnswer(429)))).toBeUndefined()
})
