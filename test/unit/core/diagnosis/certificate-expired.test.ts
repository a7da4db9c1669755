import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, networkFailure } from './diagnosis-fixture.ts'

it('certificate-expired: shows the address and the code', () => {
  const found = diagnosisBy('certificate-expired', eventsOf(networkFailure('CERT_HAS_EXPIRED')))
  expect(found?.weight).toBe('cause')
  expect(found?.evidence.map(({ event, name, value }) => [event, name, value])).toContainEqual([
    '1',
    'code',
    'CERT_HAS_EXPIRED',
  ])
  expect(found?.title).toContain('as.example')
  expect(found?.evidence.at(-1)).toMatchObject({ name: 'our clock', value: '1970-01-01T00:00:01.000Z' })
})

it('certificate-expired: says nothing of another code', () => {
  expect(diagnosisBy('certificate-expired', eventsOf(networkFailure('CERT_NOT_YET_VALID')))).toBeUndefined()
})
