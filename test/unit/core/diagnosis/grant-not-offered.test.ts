import { expect, it } from 'vitest'
import { authenticatedBy, refusedToken } from './authorization-fixture.ts'
import { diagnosisBy, refusal } from './diagnosis-fixture.ts'

it('grant-not-offered: shows the grant type', () => {
  const events = refusedToken(authenticatedBy.body(), refusal('unsupported_grant_type'))
  expect(diagnosisBy('grant-not-offered', events)?.evidence[0]).toMatchObject({ value: 'refresh_token' })
})

it('grant-not-offered: says nothing of another refusal', () => {
  expect(diagnosisBy('grant-not-offered', refusedToken(authenticatedBy.body()))).toBeUndefined()
})
