import { expect, it } from 'vitest'
import { afterRedirect, redirectWith, strayWith } from './authorization-fixture.ts'
import { diagnosisBy } from './diagnosis-fixture.ts'

it('state-missing: shows the state that was sent', () => {
  const found = diagnosisBy('state-missing', afterRedirect({}, strayWith('no_state', '/callback?code=1')))
  expect(found?.evidence).toMatchObject([
    { event: '1', value: '<state:1>' },
    { event: '2', value: '' },
  ])
})

it('state-missing: is seen in the flow of another program, where nothing was checked', () => {
  const redirect = { ...redirectWith(null), parameters: [['code', '<code:1>']], by: 'other_program' }
  expect(diagnosisBy('state-missing', afterRedirect({}, redirect))).toBeDefined()
})

it('state-missing: says nothing where the answer came after all, or with state', () => {
  const events = afterRedirect({}, strayWith('no_state', '/callback?code=1'), redirectWith(null))
  expect(diagnosisBy('state-missing', events)).toBeUndefined()
})
