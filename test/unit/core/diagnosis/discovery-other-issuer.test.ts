import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf } from './diagnosis-fixture.ts'

const check = (result: string) => ({
  ...{ kind: 'check', which: 'issuer', expected: 'https://a.example', found: 'https://b.example', result },
})

it('discovery-other-issuer: marks where the two differ', () => {
  const found = diagnosisBy('discovery-other-issuer', eventsOf(check('failed')))
  expect(found?.evidence.map(({ value, marked }) => value.slice(...(marked ?? [])))).toEqual(['a', 'b'])
})

it('discovery-other-issuer: says nothing where they are equal, or metadata elsewhere fits', () => {
  expect(diagnosisBy('discovery-other-issuer', eventsOf(check('passed')))).toBeUndefined()
  expect(diagnosisBy('discovery-other-issuer', eventsOf(check('failed'), check('passed')))).toBeUndefined()
})
