import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf, exchange } from './diagnosis-fixture.ts'
import { apiAnswer, connectionWith } from './known-fixture.ts'

const asked = exchange({
  purpose: { kind: 'token_check', after: 'api_request' },
  to: 'api',
  request: { method: 'GET', url: 'https://api.example/me' },
  response: { status: 401 },
  outcome: 'failed',
})
const known = (result: 'passed' | 'failed') => ({
  ...{ kind: 'check', which: 'token_known', found: 401, result },
  reason: result === 'failed' ? 'anonymous' : null,
})
const context = contextOf({ flow: { kind: 'request', outcome: 'succeeded' }, connection: connectionWith() })

it('api-anonymous: notes it though the request succeeded', () => {
  const found = diagnosisBy('api-anonymous', eventsOf(apiAnswer(200), asked, known('failed')), context)
  expect(found?.weight).toBe('odd')
  expect(found?.evidence.map(({ value }) => value)).toEqual(['https://api.example/me', '401'])
})

it('api-anonymous: says nothing where the token is known', () => {
  expect(diagnosisBy('api-anonymous', eventsOf(apiAnswer(200), asked, known('passed')), context)).toBeUndefined()
})
