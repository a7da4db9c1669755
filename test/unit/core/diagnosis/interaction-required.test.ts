import { expect, it } from 'vitest'
import { authorizationRequest, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'

function refusedWith(error: string, parameters: Record<string, string>) {
  return eventsOf(authorizationRequest(parameters), { kind: 'redirect', via: 'listener', parameters: [], error })
}

it('interaction-required: connects again without prompt=none', () => {
  const found = diagnosisBy('interaction-required', refusedWith('login_required', { prompt: 'none' }))
  expect(found?.actions).toEqual([{ action: 'reconnect', connectionId: null, changes: { parameters: { prompt: '' } } }])
})

it('interaction-required: says nothing where a page was allowed, or of another error', () => {
  expect(diagnosisBy('interaction-required', refusedWith('login_required', {}))).toBeUndefined()
  expect(diagnosisBy('interaction-required', refusedWith('access_denied', { prompt: 'none' }))).toBeUndefined()
})
