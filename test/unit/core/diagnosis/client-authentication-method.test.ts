import { expect, it } from 'vitest'
import { authenticatedBy, refusedToken, serviceWith } from './authorization-fixture.ts'
import { contextOf, diagnosisBy, eventsOf, exchange, refusal } from './diagnosis-fixture.ts'

const metadata = exchange({
  purpose: { kind: 'discovery', document: 'oauth_authorization_server' },
  response: {
    body: JSON.stringify({ token_endpoint_auth_methods_supported: ['client_secret_basic', 'private_key_jwt'] }),
  },
})
const refused = (request = authenticatedBy.body(), response = refusal('invalid_client', undefined, 401)) =>
  exchange({ request, response, outcome: 'failed' })

it('client-authentication-method: shows the methods in the metadata, and tries one of them', () => {
  const found = diagnosisBy('client-authentication-method', eventsOf(metadata, refused()))
  expect(found?.weight).toBe('cause')
  expect(found?.evidence[1]).toMatchObject({ event: '1', value: 'client_secret_basic private_key_jwt' })
  expect(found?.actions[0]).toMatchObject({ action: 'reconnect', changes: { clientAuthentication: 'basic' } })
})

it('client-authentication-method: tries Basic where the server asks for it', () => {
  const response = { ...refusal('invalid_client', undefined, 401), headers: [['WWW-Authenticate', 'Basic realm="x"']] }
  const found = diagnosisBy('client-authentication-method', refusedToken(authenticatedBy.body(), response as never))
  expect(found?.actions[0]).toMatchObject({ changes: { clientAuthentication: 'basic' } })
})

it('client-authentication-method: is likely where only the description names others', () => {
  const service = serviceWith({ clientAuthentication: { allowed: ['body'], default: 'body' } })
  const found = diagnosisBy(
    'client-authentication-method',
    eventsOf(refused(authenticatedBy.basic())),
    contextOf({ service }),
  )
  expect([found?.weight, found?.evidence[1]?.event]).toEqual(['likely', null])
})

it('client-authentication-method: says nothing of a method that the server names, or where it names none', () => {
  expect(
    diagnosisBy('client-authentication-method', eventsOf(metadata, refused(authenticatedBy.basic()))),
  ).toBeUndefined()
  expect(diagnosisBy('client-authentication-method', eventsOf(refused()))).toBeUndefined()
})
