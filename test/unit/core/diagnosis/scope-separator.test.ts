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

it('scope-separator: says nothing of blanks', () => {
  expect(diagnosisBy('scope-separator', asking('read write'))).toBeUndefined()
})
