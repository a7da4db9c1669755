import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, networkFailure } from './diagnosis-fixture.ts'

it('tls-not-spoken: shows the address and the code', () => {
  const found = diagnosisBy('tls-not-spoken', eventsOf(networkFailure('ERR_SSL_WRONG_VERSION_NUMBER')))
  expect(found?.weight).toBe('cause')
  expect(found?.evidence.map(({ event, name, value }) => [event, name, value])).toContainEqual([
    '1',
    'code',
    'ERR_SSL_WRONG_VERSION_NUMBER',
  ])
  expect(found?.title).toContain('as.example')
  expect(found?.evidence[0]?.marked).toEqual([0, 5])
})

it('tls-not-spoken: says nothing of another code', () => {
  expect(diagnosisBy('tls-not-spoken', eventsOf(networkFailure('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA')))).toBeUndefined()
})
