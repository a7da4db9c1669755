import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, exchange, unanswered } from './diagnosis-fixture.ts'

function redirectedTo(location: string, to: string | null = 'as.example', purpose = {}) {
  const response = { status: 302, headers: [['location', location]] as [string, string][] }
  return eventsOf(unanswered({ kind: 'redirected', host: 'as.example', to }, { response, ...purpose }))
}

it('endpoint-redirects: finds a slash that is missing, and marks it', () => {
  const found = diagnosisBy('endpoint-redirects', redirectedTo('/token/'))
  expect(found?.title).toMatch(/lacks the slash/)
  const absolute = diagnosisBy('endpoint-redirects', redirectedTo('https://as.example/token/'))
  const location = absolute?.evidence.at(-1)
  expect(location?.value.slice(...(location.marked ?? []))).toBe('/')
})

it('endpoint-redirects: tells another host from another page of the same', () => {
  const elsewhere = diagnosisBy('endpoint-redirects', redirectedTo('https://login.example/', null))
  const same = diagnosisBy('endpoint-redirects', redirectedTo('https://as.example/login'))
  expect([elsewhere?.weight, same?.weight]).toEqual(['cause', 'cause'])
  expect(elsewhere?.remedy).not.toBe(same?.remedy)
})

it('endpoint-redirects: says nothing of an answer, of metadata, or of a captive portal', () => {
  expect(diagnosisBy('endpoint-redirects', eventsOf(exchange({})))).toBeUndefined()
  const metadata = { purpose: { kind: 'discovery', document: 'openid_configuration' } }
  expect(diagnosisBy('endpoint-redirects', redirectedTo('/login', 'as.example', metadata))).toBeUndefined()
  expect(diagnosisBy('endpoint-redirects', redirectedTo('http://wifi.example/', null))).toBeUndefined()
})
