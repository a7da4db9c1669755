import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, proxyFailure } from './diagnosis-fixture.ts'

it('proxy-certificate: shows the proxy and where it was set', () => {
  const found = diagnosisBy(
    'proxy-certificate',
    eventsOf(proxyFailure('bad_certificate', { code: 'CERT_HAS_EXPIRED' })),
  )
  expect(found?.evidence.map(({ value }) => value)).toEqual([
    'http://proxy.example:3128',
    'HTTPS_PROXY',
    'CERT_HAS_EXPIRED',
  ])
  expect(found?.actions[0]).toEqual({ action: 'proxy_settings' })
})

it('proxy-certificate: says nothing of another trouble', () => {
  expect(diagnosisBy('proxy-certificate', eventsOf(proxyFailure('unreachable')))).toBeUndefined()
})
