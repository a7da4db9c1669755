import { expect, it } from 'vitest'
import { accepted, authenticatedBy, refusedToken } from './authorization-fixture.ts'
import { contextOf, diagnosisBy, refusal } from './diagnosis-fixture.ts'

const wrong = refusal('invalid_client', 'The provided client secret is invalid.', 401)

it('client-secret-wrong: says so where the server does', () => {
  expect(diagnosisBy('client-secret-wrong', refusedToken(authenticatedBy.body(), wrong))?.weight).toBe('cause')
  expect(
    diagnosisBy('client-secret-wrong', refusedToken(authenticatedBy.body(), refusal('bad_client_secret'))),
  ).toBeDefined()
})

it('client-secret-wrong: leaves it to a rule that knows that it worked before', () => {
  const before = contextOf({ earlier: [accepted(authenticatedBy.body())] })
  const events = refusedToken(authenticatedBy.body(), wrong)
  expect(diagnosisBy('client-secret-wrong', events, before)).toBeUndefined()
  expect(diagnosisBy('client-secret-reset', events, before)?.weight).toBe('cause')
  expect(diagnosisBy('client-secret-wrong', refusedToken(authenticatedBy.body()))).toBeUndefined()
})
