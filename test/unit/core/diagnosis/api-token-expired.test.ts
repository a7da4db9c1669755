import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'
import { apiAnswer, connectionWith } from './known-fixture.ts'

const refused = eventsOf(apiAnswer(401, { 'WWW-Authenticate': 'Bearer error="invalid_token"' }))

it('api-token-expired: refreshes where it can, and connects again where it cannot', () => {
  const expired = connectionWith({ expiresAt: 400 })
  const found = diagnosisBy('api-token-expired', refused, contextOf({ connection: expired }))
  expect(found?.actions).toEqual([{ action: 'refresh', connectionId: 'c1' }, { action: 'repeat' }])
  expect(found?.evidence.at(-1)).toMatchObject({ name: 'expired at', value: '1970-01-01T00:00:00.400Z' })
  const alone = connectionWith({ expiresAt: 400, refreshable: false })
  const other = diagnosisBy('api-token-expired', refused, contextOf({ connection: alone }))
  expect(other?.actions.map(({ action }) => action)).toEqual(['reconnect'])
})

it('api-token-expired: says nothing of a token that had not, or of one that came later', () => {
  const good = contextOf({ connection: connectionWith() })
  expect(diagnosisBy('api-token-expired', refused, good)).toBeUndefined()
  const later = contextOf({ connection: connectionWith({ obtainedAt: 2_000, expiresAt: 2_500 }) })
  expect(diagnosisBy('api-token-expired', refused, later)).toBeUndefined()
})
