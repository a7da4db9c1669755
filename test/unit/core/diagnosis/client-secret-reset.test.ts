import { expect, it } from 'vitest'
import { accepted, authenticatedBy, clientWith, refusedToken } from './authorization-fixture.ts'
import { contextOf, diagnosisBy } from './diagnosis-fixture.ts'

const client = clientWith('https://app.example/')
const before = contextOf({ client, earlier: [accepted(authenticatedBy.body())] })

it('client-secret-reset: says when the same secret worked, and asks for the new one', () => {
  const found = diagnosisBy('client-secret-reset', refusedToken(authenticatedBy.body()), before)
  expect(found?.evidence[1]).toMatchObject({ name: 'worked at', value: '1970-01-01T00:00:00.000Z' })
  expect(found?.actions[0]).toEqual({ action: 'replace_client_secret', clientId: 'c1' })
})

it('client-secret-reset: says nothing of another secret, or of one that never worked', () => {
  const other = refusedToken(authenticatedBy.body('<client_secret:2>'))
  expect(diagnosisBy('client-secret-reset', other, before)).toBeUndefined()
  expect(diagnosisBy('client-secret-reset', refusedToken(authenticatedBy.body()))).toBeUndefined()
})
