import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, proxyFailure } from './diagnosis-fixture.ts'

it('proxy-is-none: shows the proxy and where it was set', () => {
  const found = diagnosisBy('proxy-is-none', eventsOf(proxyFailure('not_a_proxy')))
  expect(found?.evidence.map(({ value }) => value)).toEqual(['http://proxy.example:3128', 'HTTPS_PROXY'])
  expect(found?.actions[0]).toEqual({ action: 'proxy_settings' })
})

it('proxy-is-none: says nothing of another trouble', () => {
  expect(diagnosisBy('proxy-is-none', eventsOf(proxyFailure('unreachable')))).toBeUndefined()
})
