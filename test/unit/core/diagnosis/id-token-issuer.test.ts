import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'

const check = (result: string, reason: string | null = 'different') => ({
  ...{ kind: 'check', which: 'id_token_issuer', expected: 'https://as.example', found: 'https://as.example/' },
  ...{ result, reason },
})

it('id-token-issuer: shows what was expected and what came', () => {
  const found = diagnosisBy('id-token-issuer', eventsOf(check('failed')))
  expect(found?.weight).toBe('cause')
  expect(found?.evidence.map(({ value }) => value)).toEqual(['https://as.example', 'https://as.example/'])
  expect(found?.evidence[1]?.marked).toEqual([18, 19])
})

it('id-token-issuer: is odd where the flow went on', () => {
  const succeeded = contextOf({ flow: { outcome: 'succeeded' } })
  expect(diagnosisBy('id-token-issuer', eventsOf(check('failed')), succeeded)?.weight).toBe('odd')
})

it('id-token-issuer: says nothing where the check passed', () => {
  expect(diagnosisBy('id-token-issuer', eventsOf(check('passed', null)))).toBeUndefined()
})

it('id-token-issuer: says nothing of a template', () => {
  const template = { ...check('failed'), expected: 'https://as.example/{tenantid}' }
  expect(diagnosisBy('id-token-issuer', eventsOf(template))).toBeUndefined()
})
