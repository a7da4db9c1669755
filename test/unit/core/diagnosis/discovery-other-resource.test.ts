import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf } from './diagnosis-fixture.ts'

const check = (result: string) => ({
  ...{ kind: 'check', which: 'resource', expected: 'https://a.example', found: 'https://b.example', result },
})

it('discovery-other-resource: marks where the two differ', () => {
  const found = diagnosisBy('discovery-other-resource', eventsOf(check('failed')))
  expect(found?.evidence.map(({ value, marked }) => value.slice(...(marked ?? [])))).toEqual(['a', 'b'])
})

it('discovery-other-resource: says nothing where they are equal, or metadata elsewhere fits', () => {
  expect(diagnosisBy('discovery-other-resource', eventsOf(check('passed')))).toBeUndefined()
  expect(diagnosisBy('discovery-other-resource', eventsOf(check('failed'), check('passed')))).toBeUndefined()
})
