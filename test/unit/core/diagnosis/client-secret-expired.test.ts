import { expect, it } from 'vitest'
import { authenticatedBy, clientWith, refusedToken } from './authorization-fixture.ts'
import { contextOf, diagnosisBy, refusal } from './diagnosis-fixture.ts'

it('client-secret-expired: wants a new secret', () => {
  const said = 'AADSTS7000222: The provided client secret keys are expired.'
  const events = refusedToken(authenticatedBy.body(), refusal('invalid_client', said, 401))
  const found = diagnosisBy('client-secret-expired', events, contextOf({ client: clientWith('https://app.example/') }))
  expect(found?.actions).toEqual([{ action: 'replace_client_secret', clientId: 'c1' }])
})

it('client-secret-expired: says nothing of an expired code', () => {
  const events = refusedToken(authenticatedBy.body(), refusal('invalid_grant', 'The code has expired.'))
  expect(diagnosisBy('client-secret-expired', events)).toBeUndefined()
})
