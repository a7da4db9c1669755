import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'
import { apiAnswer, connectionWith } from './known-fixture.ts'

const dead = apiAnswer(401, { 'WWW-Authenticate': 'Bearer error="invalid_token"' })
const secondTry = (failure: unknown) => ({ kind: 'second_try', failure })
const context = contextOf({ flow: { kind: 'request', connectionId: 'c1' }, connection: connectionWith() })

it('api-token-revoked: is likely for a token that has not expired, and offers a refresh', () => {
  const found = diagnosisBy('api-token-revoked', eventsOf(dead), context)
  expect(found?.weight).toBe('likely')
  expect(found?.actions[0]).toEqual({ action: 'refresh', connectionId: 'c1' })
})

it('api-token-revoked: is sure where the refresh was refused, too, or introspection says so', () => {
  const refused = eventsOf(dead, secondTry({ kind: 'refused', error: 'invalid_grant' }))
  const found = diagnosisBy('api-token-revoked', refused, context)
  expect([found?.weight, found?.actions[0]?.action]).toEqual(['cause', 'reconnect'])
  const introspection = { at: 1, active: false, subject: null, username: null, scopes: null, expiresAt: null }
  const told = contextOf({ connection: connectionWith({ introspection }) })
  expect(diagnosisBy('api-token-revoked', eventsOf(dead), told)?.weight).toBe('cause')
})

it('api-token-revoked: says nothing of an expired token, of a new one, of a scope, or of another key', () => {
  const expired = contextOf({ connection: connectionWith({ expiresAt: 900 }) })
  expect(diagnosisBy('api-token-revoked', eventsOf(dead), expired)).toBeUndefined()
  expect(diagnosisBy('api-token-revoked', eventsOf(dead, secondTry(null), dead), context)).toBeUndefined()
  const scope = apiAnswer(401, { 'WWW-Authenticate': 'Bearer error="insufficient_scope"' })
  expect(diagnosisBy('api-token-revoked', eventsOf(scope), context)).toBeUndefined()
  const basic = apiAnswer(401, { 'WWW-Authenticate': 'Basic realm="x"' })
  expect(diagnosisBy('api-token-revoked', eventsOf(basic), context)).toBeUndefined()
})
