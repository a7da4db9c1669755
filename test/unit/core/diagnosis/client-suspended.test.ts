import { expect, it } from 'vitest'
import { authenticatedBy, refusedToken } from './authorization-fixture.ts'
import { diagnosisBy, refusal } from './diagnosis-fixture.ts'

it('client-suspended: says so by the server’s code', () => {
  const events = refusedToken(authenticatedBy.body(), refusal('application_suspended', undefined, 403))
  expect(diagnosisBy('client-suspended', events)?.weight).toBe('cause')
})

it('client-suspended: says nothing of another refusal', () => {
  expect(diagnosisBy('client-suspended', refusedToken(authenticatedBy.body()))).toBeUndefined()
})
