import { expect, it } from 'vitest'
import { authenticatedBy, clientWith, redirectWith, refusedToken, serviceWith } from './authorization-fixture.ts'
import { authorizationRequest, contextOf, diagnosisBy, eventsOf, refusal } from './diagnosis-fixture.ts'

const context = contextOf({ client: clientWith('https://app.example/'), service: serviceWith() })

it('client-unknown: shows the client id that the token endpoint does not know', () => {
  const events = refusedToken(
    authenticatedBy.basic(),
    refusal('invalid_client', 'The OAuth client was not found.', 401),
  )
  const found = diagnosisBy('client-unknown', events, context)
  expect(found?.evidence[0]).toMatchObject({ event: '1', name: 'client_id', value: 'app' })
  expect(found?.actions[0]).toEqual({ action: 'edit_client', clientId: 'c1' })
})

it('client-unknown: shows the one that the authorization endpoint does not know', () => {
  const events = eventsOf(authorizationRequest({ client_id: 'app' }), redirectWith('invalid_client'))
  expect(diagnosisBy('client-unknown', events)?.evidence[0]).toMatchObject({ event: '1', value: 'app' })
})

it('client-unknown: says nothing where the answer leaves open what of the client is wrong', () => {
  expect(diagnosisBy('client-unknown', refusedToken(authenticatedBy.body()))).toBeUndefined()
  const list =
    'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.'
  expect(
    diagnosisBy('client-unknown', refusedToken(authenticatedBy.body(), refusal('invalid_client', list))),
  ).toBeUndefined()
})
