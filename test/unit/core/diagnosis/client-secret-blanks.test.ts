import { expect, it } from 'vitest'
import { authenticatedBy, refusedToken } from './authorization-fixture.ts'
import { diagnosisBy, eventsOf, exchange, refusal } from './diagnosis-fixture.ts'

const kept = { kind: 'decision', decision: { question: 'around_value', choice: 'keep', value: 'client_secret' } }
const refused = exchange({
  request: authenticatedBy.body(),
  response: refusal('invalid_client', undefined, 401),
  outcome: 'failed',
})

it('client-secret-blanks: shows the decision to keep them', () => {
  const found = diagnosisBy('client-secret-blanks', eventsOf(kept, refused))
  expect(found?.evidence[0]?.event).toBe('1')
})

it('client-secret-blanks: says nothing where none were kept, or around the password', () => {
  expect(diagnosisBy('client-secret-blanks', refusedToken(authenticatedBy.body()))).toBeUndefined()
  const password = { ...kept, decision: { ...kept.decision, value: 'password' } }
  expect(diagnosisBy('client-secret-blanks', eventsOf(password, refused))).toBeUndefined()
})
