import { expect, it } from 'vitest'
import { refusedCodeFlow } from './authorization-fixture.ts'
import { diagnosisBy, refusal } from './diagnosis-fixture.ts'

it('proof-required: says what the server wants', () => {
  expect(diagnosisBy('proof-required', refusedCodeFlow(refusal('use_dpop_nonce')))?.weight).toBe('cause')
})

it('proof-required: says nothing of another refusal', () => {
  expect(diagnosisBy('proof-required', refusedCodeFlow())).toBeUndefined()
})
