import { expect, it } from 'vitest'
import { accepted, authenticatedBy, refusedToken } from './authorization-fixture.ts'
import { contextOf, diagnosisBy } from './diagnosis-fixture.ts'

const before = contextOf({ earlier: [accepted(authenticatedBy.basic())] })

it('client-authentication-changed: goes back to what worked', () => {
  const found = diagnosisBy('client-authentication-changed', refusedToken(authenticatedBy.body()), before)
  expect(found?.actions[0]).toMatchObject({ action: 'reconnect', changes: { clientAuthentication: 'basic' } })
})

it('client-authentication-changed: says nothing where it is as before, or nothing worked before', () => {
  expect(diagnosisBy('client-authentication-changed', refusedToken(authenticatedBy.basic()), before)).toBeUndefined()
  expect(diagnosisBy('client-authentication-changed', refusedToken(authenticatedBy.body()))).toBeUndefined()
})
