import { expect, it } from 'vitest'
import { authenticatedBy, refusedToken, serviceWith } from './authorization-fixture.ts'
import { contextOf, diagnosisBy, eventsOf, exchange, form, refusal } from './diagnosis-fixture.ts'

it('client-not-allowed: says how the service has it allowed', () => {
  const grant = serviceWith().grants[0]
  const context = contextOf({ service: serviceWith(), grant: grant ? { ...grant, steps: 'Switch it on.' } : null })
  const request = form({ grant_type: 'password' })
  const events = eventsOf(exchange({ request, response: refusal('unauthorized_client'), outcome: 'failed' }))
  const found = diagnosisBy('client-not-allowed', events, context)
  expect([found?.remedy, found?.evidence[0]?.value]).toEqual(['Switch it on.', 'password'])
  expect(found?.actions).toEqual([{ action: 'open_page', page: 'registration', url: 'https://as.example/apps' }])
})

it('client-not-allowed: says nothing of a client that is not accepted at all, or of a refresh', () => {
  const events = refusedToken(authenticatedBy.body(), refusal('unauthorized_client', undefined, 401))
  expect(diagnosisBy('client-not-allowed', events)).toBeUndefined()
  const refresh = refusedToken(authenticatedBy.body(), refusal('unauthorized_client'))
  expect(diagnosisBy('client-not-allowed', refresh)).toBeUndefined()
})
