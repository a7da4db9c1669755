import { expect, it } from 'vitest'
import { afterRedirect, redirectWith } from './authorization-fixture.ts'
import { diagnosisBy } from './diagnosis-fixture.ts'

it('consent-required: says so by the server’s code', () => {
  const found = diagnosisBy('consent-required', afterRedirect({}, redirectWith('consent_required')))
  expect([found?.weight, found?.evidence[0]?.value]).toEqual(['cause', 'consent_required'])
})

it('consent-required: says nothing of another one', () => {
  expect(diagnosisBy('consent-required', afterRedirect({}, redirectWith('login_required')))).toBeUndefined()
})

it('consent-required: leaves prompt=none to a rule of its own', () => {
  const events = afterRedirect({ prompt: 'none' }, redirectWith('consent_required'))
  expect(diagnosisBy('consent-required', events)).toBeUndefined()
  expect(diagnosisBy('interaction-required', events)).toBeDefined()
})
