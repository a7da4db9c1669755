import { expect, it } from 'vitest'
import { afterRedirect, shown, strayWith } from './authorization-fixture.ts'
import { diagnosisBy } from './diagnosis-fixture.ts'

it('issuer-missing: is read off the check and off what the listener ignored', () => {
  const check = { kind: 'check', which: 'iss', expected: 'https://as.example', result: 'failed', reason: 'missing' }
  expect(shown(diagnosisBy('issuer-missing', afterRedirect({}, check)))).toEqual(['https://as.example'])
  expect(diagnosisBy('issuer-missing', afterRedirect({}, strayWith('iss', '/callback?code=1&state=2')))).toBeDefined()
})

it('issuer-missing: says nothing of another issuer', () => {
  const stray = strayWith('iss', '/callback?code=1&iss=https%3A%2F%2Fevil.example')
  expect(diagnosisBy('issuer-missing', afterRedirect({}, stray))).toBeUndefined()
})
