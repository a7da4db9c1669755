import { expect, it } from 'vitest'
import { authenticatedBy, refusedToken, serviceWith } from './authorization-fixture.ts'
import { contextOf, diagnosisBy, refusal } from './diagnosis-fixture.ts'

it('client-secret-missing: is likely where none was sent', () => {
  const found = diagnosisBy('client-secret-missing', refusedToken(authenticatedBy.none()))
  expect(found?.weight).toBe('likely')
  expect(found?.evidence[0]).toMatchObject({ name: 'client authentication', value: 'none' })
})

it('client-secret-missing: is certain where the server says so', () => {
  const events = refusedToken(authenticatedBy.none(), refusal('invalid_request', 'client_secret is missing.'))
  expect(diagnosisBy('client-secret-missing', events)?.weight).toBe('cause')
})

it('client-secret-missing: says nothing where one was sent, or none is wanted', () => {
  expect(diagnosisBy('client-secret-missing', refusedToken(authenticatedBy.body()))).toBeUndefined()
  const service = serviceWith({ clientAuthentication: { allowed: ['none'], default: 'none' } })
  expect(
    diagnosisBy('client-secret-missing', refusedToken(authenticatedBy.none()), contextOf({ service })),
  ).toBeUndefined()
})
