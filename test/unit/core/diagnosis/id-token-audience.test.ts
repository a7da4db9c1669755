import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf, otherIssuer } from './diagnosis-fixture.ts'

const check = (result: string, reason: string | null = 'different') => ({
  ...{ kind: 'check', which: 'id_token_audience', expected: ['app'], found: ['other', 'third'] },
  ...{ result, reason },
})

it('id-token-audience: shows what was expected and what came', () => {
  const found = diagnosisBy('id-token-audience', eventsOf(check('failed')))
  expect(found?.weight).toBe('cause')
  expect(found?.evidence.map(({ value }) => value)).toEqual(['app', 'other third'])
})

it('id-token-audience: is odd where the flow went on', () => {
  const succeeded = contextOf({ flow: { outcome: 'succeeded' } })
  expect(diagnosisBy('id-token-audience', eventsOf(check('failed')), succeeded)?.weight).toBe('odd')
})

it('id-token-audience: says nothing where the check passed, or another failed first', () => {
  expect(diagnosisBy('id-token-audience', eventsOf(check('passed', null)))).toBeUndefined()
  expect(diagnosisBy('id-token-audience', eventsOf(otherIssuer, check('failed')))).toBeUndefined()
})
