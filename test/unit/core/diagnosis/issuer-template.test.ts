import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'

const check = (result: string, reason: string | null = 'different') => ({
  ...{
    kind: 'check',
    which: 'id_token_issuer',
    expected: 'https://as.example/{tenantid}/v2',
    found: 'https://as.example/9/v2',
  },
  ...{ result, reason },
})

it('issuer-template: shows what was expected and what came', () => {
  const found = diagnosisBy('issuer-template', eventsOf(check('failed')))
  expect(found?.weight).toBe('cause')
  expect(found?.evidence.map(({ value }) => value)).toEqual([
    'https://as.example/{tenantid}/v2',
    'https://as.example/9/v2',
  ])
  expect(found?.evidence[0]?.marked).toEqual([19, 29])
  expect(diagnosisBy('id-token-issuer', eventsOf(check('failed')))).toBeUndefined()
})

it('issuer-template: is odd where the flow went on', () => {
  const succeeded = contextOf({ flow: { outcome: 'succeeded' } })
  expect(diagnosisBy('issuer-template', eventsOf(check('failed')), succeeded)?.weight).toBe('odd')
})

it('issuer-template: says nothing where the check passed', () => {
  expect(diagnosisBy('issuer-template', eventsOf(check('passed', null)))).toBeUndefined()
})

it('issuer-template: says nothing of an issuer that is none', () => {
  const plain = { ...check('failed'), expected: 'https://as.example/8/v2' }
  expect(diagnosisBy('issuer-template', eventsOf(plain))).toBeUndefined()
})
