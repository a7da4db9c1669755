import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'
import { apiAnswer, connectionWith, serviceWith } from './known-fixture.ts'

const service = serviceWith({
  requests: [
    { name: 'Things', method: 'GET', path: '/v1/{slug}/things/?limit=5', scopes: ['things:read', 'read_all'] },
    { name: 'New', method: 'POST', path: '/v1/{slug}/things/', scopes: ['things:write'] },
  ],
})
const holding = (...granted: string[]) =>
  contextOf({ service, connection: connectionWith({ scopes: { requested: granted, granted, reported: null } }) })
const asked = (path: string, headers: Record<string, string> = {}) =>
  eventsOf(apiAnswer(403, headers, null, { url: `https://api.example${path}` }))

it('api-scope-described: steps up with the narrowest scope of the request that it is', () => {
  const found = diagnosisBy('api-scope-described', asked('/v1/home/things/?page=2'), holding('profile'))
  expect(found?.weight).toBe('likely')
  expect(found?.actions).toEqual([{ action: 'step_up', connectionId: 'c1', scopes: ['things:read'] }])
  expect(diagnosisBy('api-forbidden', asked('/v1/home/things/'), holding('profile'))).toBeUndefined()
})

it('api-scope-described: says nothing where the token holds one of them, or the request is another', () => {
  expect(diagnosisBy('api-scope-described', asked('/v1/home/things/'), holding('read_all'))).toBeUndefined()
  expect(diagnosisBy('api-scope-described', asked('/v1/home/things/'), holding('*'))).toBeUndefined()
  expect(diagnosisBy('api-scope-described', asked('/v1/home/things/7'), holding('profile'))).toBeUndefined()
  expect(diagnosisBy('api-scope-described', asked('/v1/a/b/things/'), holding('profile'))).toBeUndefined()
})

it('api-scope-described: says nothing where the API says it itself', () => {
  const said = asked('/v1/home/things/', {
    'WWW-Authenticate': 'Bearer error="insufficient_scope", scope="things:read"',
  })
  expect(diagnosisBy('api-scope-described', said, holding('profile'))).toBeUndefined()
})
