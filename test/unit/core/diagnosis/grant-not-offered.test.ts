import { expect, it } from 'vitest'
import { authenticatedBy, refusedToken } from './authorization-fixture.ts'
import { diagnosisBy, eventsOf, exchange, form, refusal } from './diagnosis-fixture.ts'

it('grant-not-offered: shows the grant type', () => {
  const request = form({ grant_type: 'password' })
  const events = eventsOf(exchange({ request, response: refusal('unsupported_grant_type'), outcome: 'failed' }))
  expect(diagnosisBy('grant-not-offered', events)?.evidence[0]).toMatchObject({ value: 'password' })
})

it('grant-not-offered: says nothing of another refusal, or of a refresh', () => {
  const refresh = refusedToken(authenticatedBy.body(), refusal('unsupported_grant_type'))
  expect(diagnosisBy('grant-not-offered', refresh)).toBeUndefined()
  expect(diagnosisBy('grant-not-offered', refusedToken(authenticatedBy.body()))).toBeUndefined()
})
