import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, networkFailure } from './diagnosis-fixture.ts'

it('certificate-self-signed: shows the address and the code', () => {
  const found = diagnosisBy('certificate-self-signed', eventsOf(networkFailure('DEPTH_ZERO_SELF_SIGNED_CERT')))
  expect(found?.weight).toBe('cause')
  expect(found?.evidence.map(({ event, name, value }) => [event, name, value])).toContainEqual([
    '1',
    'code',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
  ])
  expect(found?.title).toContain('as.example')
  expect(found?.actions).toEqual([{ action: 'repeat' }])
})

it('certificate-self-signed: says nothing of another code', () => {
  expect(diagnosisBy('certificate-self-signed', eventsOf(networkFailure('SELF_SIGNED_CERT_IN_CHAIN')))).toBeUndefined()
})
