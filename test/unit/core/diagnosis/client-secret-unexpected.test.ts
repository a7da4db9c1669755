import { expect, it } from 'vitest'
import { authenticatedBy, refusedToken } from './authorization-fixture.ts'
import { diagnosisBy, refusal } from './diagnosis-fixture.ts'

const said = 'AADSTS700025: Client is public so neither client_assertion nor client_secret should be presented.'

it('client-secret-unexpected: connects again without client authentication', () => {
  const events = refusedToken(authenticatedBy.body(), refusal('invalid_client', said, 401))
  expect(diagnosisBy('client-secret-unexpected', events)?.actions[0]).toMatchObject({
    changes: { clientAuthentication: 'none' },
  })
})

it('client-secret-unexpected: says nothing where none was sent, or the server does not say so', () => {
  const events = refusedToken(authenticatedBy.none(), refusal('invalid_client', said, 401))
  expect(diagnosisBy('client-secret-unexpected', events)).toBeUndefined()
  expect(diagnosisBy('client-secret-unexpected', refusedToken(authenticatedBy.body()))).toBeUndefined()
})
