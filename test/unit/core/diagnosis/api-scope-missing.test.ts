import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'
import { apiAnswer, connectionWith } from './known-fixture.ts'

const refused = (challenge: string, status = 403) => eventsOf(apiAnswer(status, { 'WWW-Authenticate': challenge }))
const held = contextOf({ connection: connectionWith() })

it('api-scope-missing: steps up with the scopes that are named and not held, and marks them', () => {
  const found = diagnosisBy('api-scope-missing', refused('Bearer error="insufficient_scope", scope="read write"'), held)
  expect(found?.actions).toEqual([{ action: 'step_up', connectionId: 'c1', scopes: ['write'] }])
  const challenge = found?.evidence.find(({ name }) => name === 'www-authenticate')
  expect(challenge?.value.slice(...(challenge.marked ?? []))).toBe('read write')
  expect(found?.weight).toBe('cause')
})

it('api-scope-missing: proposes what was asked for and not granted where none is named', () => {
  const scopes = { requested: ['read', 'write'], granted: ['read'], reported: null }
  const fewer = contextOf({ connection: connectionWith({ scopes }) })
  const found = diagnosisBy('api-scope-missing', refused('Bearer error="insufficient_scope"'), fewer)
  expect(found?.actions).toEqual([{ action: 'step_up', connectionId: 'c1', scopes: ['write'] }])
})

it('api-scope-missing: connects again where nothing tells which', () => {
  const found = diagnosisBy('api-scope-missing', refused('Bearer error="insufficient_scope"'), held)
  expect(found?.actions.map(({ action }) => action)).toEqual(['reconnect'])
})

it('api-scope-missing: says nothing of a refusal that names no scope, or of a dead token', () => {
  expect(diagnosisBy('api-scope-missing', refused('Bearer'), held)).toBeUndefined()
  const dead = refused('Bearer error="invalid_token", scope="write"', 401)
  expect(diagnosisBy('api-scope-missing', dead, held)).toBeUndefined()
})
