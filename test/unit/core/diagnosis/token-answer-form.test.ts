import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf, exchange } from './diagnosis-fixture.ts'

const succeeded = contextOf({ flow: { outcome: 'succeeded' } })
const answering = (body: string) =>
  eventsOf(exchange({ response: { body, headers: [['content-type', 'text/plain']] } }))

it('token-answer-form: notes it where the flow went on', () => {
  const found = diagnosisBy('token-answer-form', answering('access_token=<access_token:ab>&scope=repo'), succeeded)
  expect(found?.weight).toBe('odd')
  expect(found?.evidence.map(({ value }) => value)).toEqual(['text/plain'])
})

it('token-answer-form: says nothing of JSON, or of a form without a token', () => {
  expect(diagnosisBy('token-answer-form', answering('{"access_token":"<access_token:ab>"}'), succeeded)).toBeUndefined()
  expect(diagnosisBy('token-answer-form', answering('error=bad_verification_code'), succeeded)).toBeUndefined()
})
