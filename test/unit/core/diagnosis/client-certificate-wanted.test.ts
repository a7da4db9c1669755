import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, networkFailure } from './diagnosis-fixture.ts'

it('client-certificate-wanted: is sure where the server says so, and not where it only ends the handshake', () => {
  const asked = diagnosisBy(
    'client-certificate-wanted',
    eventsOf(networkFailure('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED')),
  )
  expect(asked?.weight).toBe('cause')
  const ended = diagnosisBy(
    'client-certificate-wanted',
    eventsOf(networkFailure('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE')),
  )
  expect(ended?.weight).toBe('likely')
})

it('client-certificate-wanted: shows the one that was not accepted', () => {
  const shown = {
    ...networkFailure('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'),
    route: { proxy: null, authorities: ['usual'], clientCertificate: 'CN=ada' },
  }
  const found = diagnosisBy('client-certificate-wanted', eventsOf(shown))
  expect(found?.weight).toBe('cause')
  expect(found?.evidence.at(-1)).toMatchObject({ name: 'client certificate', value: 'CN=ada' })
})

it('client-certificate-wanted: says nothing about the server’s own certificate', () => {
  expect(diagnosisBy('client-certificate-wanted', eventsOf(networkFailure('CERT_HAS_EXPIRED')))).toBeUndefined()
})
