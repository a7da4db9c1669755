import { expect, it } from 'vitest'
import { authorizationRequest, contextOf, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'
import { serviceWith } from './known-fixture.ts'

function refused(scope: string, errorDescription: string | null) {
  const redirect = { kind: 'redirect', via: 'listener', parameters: [], error: 'invalid_scope', errorDescription }
  return eventsOf(authorizationRequest({ scope }), redirect)
}
const groups = [{ name: 'All', scopes: [{ value: 'read' }, { value: 'projects:write' }] }]
const context = contextOf({ service: serviceWith({ scopes: { groups } }) })

it('scope-refused: finds the scope in the server’s words, marks it, and leaves it out', () => {
  const found = diagnosisBy('scope-refused', refused('read admin', 'The scope "admin" is not allowed.'))
  const [scope] = found?.evidence ?? []
  expect(scope?.value.slice(...(scope.marked ?? []))).toBe('admin')
  expect(found?.actions[0]).toEqual({ action: 'reconnect', connectionId: null, changes: { scopes: ['read'] } })
})

it('scope-refused: finds the only one that is not described, and how that spells it', () => {
  const found = diagnosisBy('scope-refused', refused('read projects.write', 'The scope is invalid.'), context)
  expect(found?.title).toContain('projects.write')
  expect(found?.actions[0]).toMatchObject({ changes: { scopes: ['read', 'projects:write'] } })
})

it('scope-refused: does not guess', () => {
  const found = diagnosisBy('scope-refused', refused('a b', 'The requested scope is invalid.'))
  expect(found?.evidence[0]).toMatchObject({ value: 'a b', marked: null })
  expect(found?.actions).toEqual([])
})

it('scope-refused: says nothing of another refusal', () => {
  const denied = { kind: 'redirect', via: 'listener', parameters: [], error: 'access_denied' }
  expect(diagnosisBy('scope-refused', eventsOf(authorizationRequest({ scope: 'a' }), denied))).toBeUndefined()
})
