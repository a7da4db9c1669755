import { expect, it } from 'vitest'
import { afterRedirect, redirectWith, serviceWith, shown, strayWith } from './authorization-fixture.ts'
import { authorizationRequest, contextOf, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'

function checked(result: 'passed' | 'failed', reason: string | null) {
  return eventsOf(authorizationRequest({}), {
    ...{ kind: 'check', which: 'iss', expected: 'https://as.example', found: 'https://evil.example' },
    ...{ result, reason },
  })
}

it('issuer-of-another-server: shows the server that was asked and the issuer that came', () => {
  const found = diagnosisBy('issuer-of-another-server', checked('failed', 'different'))
  expect(shown(found)).toEqual(['https://as.example/authorize', 'https://as.example', 'https://evil.example'])
})

it('issuer-of-another-server: reads it off what the listener ignored', () => {
  const stray = strayWith('iss', '/callback?code=1&state=2&iss=https%3A%2F%2Fevil.example')
  const service = serviceWith({ issuer: { url: 'https://as.example', inRedirect: true } })
  const found = diagnosisBy('issuer-of-another-server', afterRedirect({}, stray), contextOf({ service }))
  expect(shown(found)?.slice(1)).toEqual(['https://as.example', 'https://evil.example'])
})

it('issuer-of-another-server: says nothing where it is the right one, or the right answer came, too', () => {
  expect(diagnosisBy('issuer-of-another-server', checked('passed', null))).toBeUndefined()
  const stray = strayWith('iss', '/callback?code=1&iss=https%3A%2F%2Fevil.example')
  expect(diagnosisBy('issuer-of-another-server', afterRedirect({}, stray, redirectWith(null)))).toBeUndefined()
})
