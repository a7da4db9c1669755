import { expect, it } from 'vitest'
import { authorizationRequest, contextOf, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'
import { serviceWith } from './known-fixture.ts'

const refused = { kind: 'redirect', via: 'listener', parameters: [], error: 'invalid_scope' }
const asking = (scope: string) => eventsOf(authorizationRequest({ scope }), refused)

it('scope-separator: marks the first comma', () => {
  const context = contextOf({ service: serviceWith({ scopes: { separator: ',' } }) })
  const found = diagnosisBy('scope-separator', asking('read,write'), context)
  expect(found?.weight).toBe('likely')
  expect(found?.evidence[0]?.marked).toEqual([4, 5])
  expect(diagnosisBy('scope-refused', asking('read,write'), context)).toBeUndefined()
})

it('scope-separator: says nothing of blanks, of both, of a comma in front, or of another refusal', () => {
  for (const scope of ['readwrite', 'read,write all', ',read']) {
    expect(diagnosisBy('scope-separator', asking(scope))).toBeUndefined()
  }
  const denied = { kind: 'redirect', via: 'listener', parameters: [], error: 'invalid_request' }
  const events = eventsOf(authorizationRequest({ scope: 'read,write' }), denied)
  expect(diagnosisBy('scope-separator', events)).toBeUndefined()
})
