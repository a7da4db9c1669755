import { expect, it } from 'vitest'
import { contextOf, diagnosisBy } from './diagnosis-fixture.ts'
import { discovered, discovering } from './discovery-fixture.ts'

it('discovery-no-metadata: shows every address and its answer', () => {
  const found = diagnosisBy('discovery-no-metadata', discovered(404, '<html>'), discovering)
  expect(found?.evidence.map(({ value }) => value)).toEqual([
    'https://as.example/.well-known/0',
    '404',
    'https://as.example/.well-known/1',
    '200',
  ])
})

it('discovery-no-metadata: says nothing where there is some, or in another flow', () => {
  expect(diagnosisBy('discovery-no-metadata', discovered(404, '{"issuer":"x"}'), discovering)).toBeUndefined()
  expect(diagnosisBy('discovery-no-metadata', discovered(404), contextOf())).toBeUndefined()
})
