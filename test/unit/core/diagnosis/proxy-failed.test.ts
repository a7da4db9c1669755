import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, proxyFailure } from './diagnosis-fixture.ts'

it('proxy-failed: shows the proxy and where it was set', () => {
  const found = diagnosisBy('proxy-failed', eventsOf(proxyFailure('failed', { status: 502 })))
  expect(found?.evidence.map(({ value }) => value)).toEqual(['http://proxy.example:3128', 'HTTPS_PROXY', '502'])
  expect(found?.actions[0]).toEqual({ action: 'proxy_settings' })
})

it('proxy-failed: says nothing of another trouble', () => {
  expect(diagnosisBy('proxy-failed', eventsOf(proxyFailure('unknown_name')))).toBeUndefined()
})
