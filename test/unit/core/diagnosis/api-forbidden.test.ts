import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'
import { apiAnswer, connectionWith } from './known-fixture.ts'

const context = contextOf({ connection: connectionWith() })

it('api-forbidden: says who asked, and with which scopes', () => {
  const found = diagnosisBy('api-forbidden', eventsOf(apiAnswer(403)), context)
  expect(found?.weight).toBe('likely')
  expect(found?.evidence.map(({ value }) => value)).toEqual(['403', 'Ada', 'read'])
})

it.each([
  ['a scope', apiAnswer(403, { 'WWW-Authenticate': 'Bearer error="insufficient_scope"' })],
  ['a scope by name alone', apiAnswer(403, { 'WWW-Authenticate': 'Bearer scope="write"' })],
  ['a dead token', apiAnswer(403, { 'WWW-Authenticate': 'Bearer error="invalid_token"' })],
  ['another status', apiAnswer(404)],
])('api-forbidden: says nothing of %s', (_what, answer) => {
  expect(diagnosisBy('api-forbidden', eventsOf(answer), context)).toBeUndefined()
})

it('api-forbidden: says nothing of a token that had expired', () => {
  const expired = contextOf({ connection: connectionWith({ expiresAt: 900 }) })
  expect(diagnosisBy('api-forbidden', eventsOf(apiAnswer(403)), expired)).toBeUndefined()
})
