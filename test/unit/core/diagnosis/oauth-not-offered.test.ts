import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf, exchange } from './diagnosis-fixture.ts'
import { serviceWith } from './known-fixture.ts'

const asked = exchange({
  purpose: { kind: 'availability' },
  request: { method: 'GET', url: 'https://as.example/authorize' },
  response: { status: 404 },
  outcome: 'failed',
})
const check = (result: 'passed' | 'failed') => ({ kind: 'check', which: 'availability', found: 404, result })
const service = serviceWith({
  availability: { absentStatus: [404], words: 'The free edition has no OAuth.', instead: 'key' },
  grants: [
    { id: 'code', type: 'authorization_code', name: 'Authorization code' },
    { id: 'key', type: 'static_token', name: 'API key' },
  ],
})

it('oauth-not-offered: offers the grant that works there', () => {
  const found = diagnosisBy('oauth-not-offered', eventsOf(asked, check('failed')), contextOf({ service }))
  expect(found?.explanation).toBe('The free edition has no OAuth.')
  expect(found?.actions[0]).toEqual({ action: 'reconnect', connectionId: null, changes: { grantId: 'key' } })
})

it('oauth-not-offered: says nothing where it is offered', () => {
  expect(diagnosisBy('oauth-not-offered', eventsOf(asked, check('passed')), contextOf({ service }))).toBeUndefined()
})
