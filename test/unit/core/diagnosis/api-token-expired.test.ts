import { expect, it } from 'vitest'
import { diagnose } from '../../../../core/diagnosis/diagnose.ts'
import { contextOf, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'
import { apiAnswer, connectionWith, serviceWith } from './known-fixture.ts'

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

it('api-token-expired: is all that is said of it, whatever else is missing', () => {
  const service = serviceWith({
    requestHeaders: { 'X-Account': '{workspace_id}' },
    requests: [{ name: 'Things', method: 'GET', path: '/{slug}/things', scopes: ['write'] }],
  })
  const workspace = { id: '1', name: 'Home', slug: 'home', detail: null }
  const context = contextOf({ service, connection: connectionWith({ expiresAt: 400, workspace }) })
  const url = 'https://api.example/other/things'
  for (const challenge of ['Bearer', 'Bearer scope="write"']) {
    const answer = apiAnswer(403, { 'WWW-Authenticate': challenge }, null, { url })
    expect(diagnose(eventsOf(answer), context).map(({ rule }) => rule)).toEqual(['api-token-expired'])
  }
  const said = apiAnswer(403, { 'WWW-Authenticate': 'Bearer error="insufficient_scope", scope="write"' }, null, { url })
  expect(diagnose(eventsOf(said), context).map(({ rule }) => rule)).toEqual(['api-scope-missing'])
})
