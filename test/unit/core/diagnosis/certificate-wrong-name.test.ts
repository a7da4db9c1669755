import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, networkFailure } from './diagnosis-fixture.ts'

it('certificate-wrong-name: shows the address and the code', () => {
  const found = diagnosisBy('certificate-wrong-name', eventsOf(networkFailure('ERR_TLS_CERT_ALTNAME_INVALID')))
  expect(found?.weight).toBe('cause')
  expect(found?.evidence.map(({ event, name, value }) => [event, name, value])).toContainEqual([
    '1',
    'code',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ])
  expect(found?.title).toContain('as.example')
  expect(found?.specification?.name).toBe('RFC 9525')
})

it('certificate-wrong-name: says nothing of another code', () => {
  expect(diagnosisBy('certificate-wrong-name', eventsOf(networkFailure('CERT_HAS_EXPIRED')))).toBeUndefined()
})
