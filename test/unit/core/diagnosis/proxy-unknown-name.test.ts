import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, proxyFailure } from './diagnosis-fixture.ts'

it('proxy-unknown-name: shows the proxy and where it was set', () => {
  const found = diagnosisBy('proxy-unknown-name', eventsOf(proxyFailure('unknown_name', { status: 503 })))
  expect(found?.evidence.map(({ value }) => value)).toEqual(['http://proxy.example:3128', 'HTTPS_PROXY', '503'])
  expect(found?.actions[0]).toEqual({ action: 'proxy_settings' })
})

it('proxy-unknown-name: says nothing of another trouble', () => {
  expect(diagnosisBy('proxy-unknown-name', eventsOf(proxyFailure('failed')))).toBeUndefined()
})
