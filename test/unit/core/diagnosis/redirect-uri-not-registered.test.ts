import { expect, it } from 'vitest'
import { clientWith, refusedRedirect, serviceWith, unansweredRedirect } from './authorization-fixture.ts'
import { authorizationRequest, contextOf, diagnosisBy, eventsOf, exchange, form, refusal } from './diagnosis-fixture.ts'

const sent = 'https://app.example/callback'
const context = contextOf({ client: clientWith(sent), service: serviceWith() })

it('redirect-uri-not-registered: offers the exact text and the page to register it at', () => {
  const found = diagnosisBy('redirect-uri-not-registered', refusedRedirect(sent), context)
  expect(found?.evidence.map(({ name }) => name)).toEqual(['redirect_uri', 'error', 'error_description'])
  expect(found?.actions).toEqual([
    { action: 'copy', what: 'redirect_uri', value: sent },
    { action: 'open_page', page: 'registration', url: 'https://as.example/apps' },
  ])
})

it('redirect-uri-not-registered: reads the refusal of the token endpoint, too', () => {
  const request = form({ grant_type: 'authorization_code', redirect_uri: sent })
  const refused = exchange({ request, response: refusal('redirect_uri_mismatch'), outcome: 'failed' })
  const events = eventsOf(authorizationRequest({ redirect_uri: sent }), refused)
  expect(diagnosisBy('redirect-uri-not-registered', events, context)?.weight).toBe('cause')
})

it('redirect-uri-not-registered: says nothing where the refusal is about something else, or nothing came', () => {
  expect(diagnosisBy('redirect-uri-not-registered', unansweredRedirect(sent), context)).toBeUndefined()
  const other = eventsOf(authorizationRequest({ redirect_uri: sent }), {
    kind: 'redirect',
    via: 'listener',
    parameters: [],
    error: 'invalid_scope',
  })
  expect(diagnosisBy('redirect-uri-not-registered', other, context)).toBeUndefined()
})
