import { expect, it } from 'vitest'
import { afterRedirect, redirectWith } from './authorization-fixture.ts'
import { diagnosisBy } from './diagnosis-fixture.ts'

it('sign-in-required: says so by the server’s code', () => {
  const found = diagnosisBy('sign-in-required', afterRedirect({}, redirectWith('login_required')))
  expect([found?.weight, found?.evidence[0]?.value]).toEqual(['cause', 'login_required'])
})

it('sign-in-required: says nothing of another one', () => {
  expect(diagnosisBy('sign-in-required', afterRedirect({}, redirectWith('consent_required')))).toBeUndefined()
})

it('sign-in-required: leaves prompt=none to a rule of its own', () => {
  const events = afterRedirect({ prompt: 'none' }, redirectWith('login_required'))
  expect(diagnosisBy('sign-in-required', events)).toBeUndefined()
  expect(diagnosisBy('interaction-required', events)).toBeDefined()
})
