import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'
import { apiAnswer, serviceWith } from './known-fixture.ts'

it('api-token-not-sent: names the header that is missing', () => {
  const service = serviceWith({ bearer: { header: 'X-Api-Key', prefix: '' } })
  const found = diagnosisBy('api-token-not-sent', eventsOf(apiAnswer(401)), contextOf({ service }))
  expect(found?.title).toContain('X-Api-Key')
})

it('api-token-not-sent: names the key that counts before the token', () => {
  const service = serviceWith({ beatsBearer: ['X-Redmine-API-Key'] })
  const headers: [string, string][] = [
    ['Authorization', 'Bearer <access_token:ab>'],
    ['x-redmine-api-key', '<x_redmine_api_key:cd>'],
  ]
  const found = diagnosisBy(
    'api-token-not-sent',
    eventsOf(apiAnswer(401, {}, null, { headers })),
    contextOf({ service }),
  )
  expect(found?.evidence[0]).toMatchObject({ name: 'X-Redmine-API-Key', value: '<x_redmine_api_key:cd>' })
})

it('api-token-not-sent: says nothing where the token was sent', () => {
  expect(diagnosisBy('api-token-not-sent', eventsOf(apiAnswer(401)))).toBeUndefined()
})
