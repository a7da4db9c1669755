import { expect, it } from 'vitest'
import { afterRedirect, redirectWith, shown, strayWith } from './authorization-fixture.ts'
import { diagnosisBy } from './diagnosis-fixture.ts'

it('duplicate-parameters: names the parameter', () => {
  const check = { kind: 'check', which: 'parameters', found: 'state', result: 'failed', reason: 'repeated' }
  expect(shown(diagnosisBy('duplicate-parameters', afterRedirect({}, check)))).toEqual(['state'])
  const stray = strayWith('parameters', '/callback?code=1&code=2&state=3')
  expect(shown(diagnosisBy('duplicate-parameters', afterRedirect({}, stray)))).toEqual(['code'])
})

it('duplicate-parameters: says nothing where each stands there once', () => {
  const redirect = {
    ...redirectWith(null),
    parameters: [
      ['code', '1'],
      ['state', '2'],
    ],
  }
  expect(diagnosisBy('duplicate-parameters', afterRedirect({}, redirect))).toBeUndefined()
})
