import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, networkFailure } from './diagnosis-fixture.ts'

it('tls-too-old: knows the alert of the server, and what this side refuses', () => {
  for (const code of ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'ERR_SSL_UNSUPPORTED_PROTOCOL']) {
    const found = diagnosisBy('tls-too-old', eventsOf(networkFailure(code)))
    expect(found?.evidence.at(-1)).toMatchObject({ event: '1', value: code })
  }
})

it('tls-too-old: says nothing of a handshake that was refused for another reason', () => {
  expect(diagnosisBy('tls-too-old', eventsOf(networkFailure('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE')))).toBeUndefined()
})
