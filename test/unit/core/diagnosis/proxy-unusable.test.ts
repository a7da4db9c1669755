import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, proxyFailure } from './diagnosis-fixture.ts'

it('proxy-unusable: shows the proxy and where it was set', () => {
  const found = diagnosisBy('proxy-unusable', eventsOf(proxyFailure('unusable')))
  expect(found?.evidence.map(({ value }) => value)).toEqual(['http://proxy.example:3128', 'HTTPS_PROXY'])
  expect(found?.actions[0]).toEqual({ action: 'proxy_settings' })
})

it('proxy-unusable: says nothing of another trouble', () => {
  expect(diagnosisBy('proxy-unusable', eventsOf(proxyFailure('unreachable')))).toBeUndefined()
})
