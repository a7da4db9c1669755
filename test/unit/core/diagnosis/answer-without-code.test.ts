import { expect, it } from 'vitest'
import { afterRedirect, redirectWith, shown, strayWith } from './authorization-fixture.ts'
import { diagnosisBy } from './diagnosis-fixture.ts'

it('answer-without-code: shows what came instead', () => {
  const redirect = {
    ...redirectWith(null),
    parameters: [
      ['state', '<state:1>'],
      ['ticket', '1'],
    ],
  }
  const check = { kind: 'check', which: 'code', result: 'failed', reason: 'missing' }
  const found = diagnosisBy('answer-without-code', afterRedirect({ response_type: 'code' }, redirect, check))
  expect(shown(found)).toEqual(['code', '', 'state ticket'])
  expect(diagnosisBy('answer-without-code', afterRedirect({}, strayWith('no_code')))).toBeDefined()
})

it('answer-without-code: says nothing where a code came', () => {
  const check = { kind: 'check', which: 'code', result: 'passed', found: '<code:1>' }
  expect(diagnosisBy('answer-without-code', afterRedirect({}, redirectWith(null), check))).toBeUndefined()
})
