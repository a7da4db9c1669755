import { expect, it } from 'vitest'
import { authenticatedBy, clientWith, refusedToken } from './authorization-fixture.ts'
import { contextOf, diagnosisBy, refusal } from './diagnosis-fixture.ts'

it('client-refused: is what remains, with another method to try', () => {
  const failure = {
    kind: 'refused' as const,
    message: '',
    by: 'token_endpoint' as const,
    status: 401,
    error: 'invalid_client',
    errorDescription: null,
    tryAuthentication: ['basic' as const],
  }
  const context = contextOf({ flow: { failure }, client: clientWith('https://app.example/') })
  const found = diagnosisBy('client-refused', refusedToken(authenticatedBy.body()), context)
  expect(found?.weight).toBe('likely')
  expect(found?.actions).toEqual([
    { action: 'replace_client_secret', clientId: 'c1' },
    { action: 'reconnect', connectionId: null, changes: { clientAuthentication: 'basic' } },
    { action: 'edit_client', clientId: 'c1' },
  ])
})

it('client-refused: reads an empty 403, and nothing into a refused grant', () => {
  expect(diagnosisBy('client-refused', refusedToken(authenticatedBy.body(), { status: 403 }))).toBeDefined()
  expect(diagnosisBy('client-refused', refusedToken(authenticatedBy.body(), refusal('invalid_grant')))).toBeUndefined()
})
