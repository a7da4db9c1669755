import { expect, it } from 'vitest'
import { authorizationRequest, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'

function checked(result: 'passed' | 'failed', reason: string | null) {
  return eventsOf(authorizationRequest({}), {
    ...{ kind: 'check', which: 'iss', expected: 'https://as.example', found: 'https://evil.example' },
    ...{ result, reason },
  })
}

it('issuer-of-another-server: shows the server that was asked and the issuer that came', () => {
  const found = diagnosisBy('issuer-of-another-server', checked('failed', 'different'))
  expect(found?.evidence.map(({ value }) => value)).toEqual([
    'https://as.example/authorize',
    'https://as.example',
    'https://evil.example',
  ])
})

it('issuer-of-another-server: says nothing where it is the right one', () => {
  expect(diagnosisBy('issuer-of-another-server', checked('passed', null))).toBeUndefined()
})
