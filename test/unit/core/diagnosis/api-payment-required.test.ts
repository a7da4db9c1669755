import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf } from './diagnosis-fixture.ts'
import { apiAnswer } from './known-fixture.ts'

it('api-payment-required: shows the status', () => {
  expect(diagnosisBy('api-payment-required', eventsOf(apiAnswer(402)))?.evidence[0]?.value).toBe('402')
})

it('api-payment-required: says nothing of another refusal', () => {
  expect(diagnosisBy('api-payment-required', eventsOf(apiAnswer(403)))).toBeUndefined()
})
