import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf, unanswered } from './diagnosis-fixture.ts'
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

it('discovery-no-metadata: says nothing where a request got no answer', () => {
  const failure = { kind: 'network', host: 'as.example', code: 'ECONNREFUSED' }
  const purpose = { kind: 'discovery', document: 'openid_configuration' }
  expect(diagnosisBy('discovery-no-metadata', eventsOf(unanswered(failure, { purpose })), discovering)).toBeUndefined()
})
