import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, proxyFailure } from './diagnosis-fixture.ts'

it('proxy-unreachable: shows the proxy and where it was set', () => {
  const found = diagnosisBy('proxy-unreachable', eventsOf(proxyFailure('unreachable', { code: 'ECONNREFUSED' })))
  expect(found?.evidence.map(({ value }) => value)).toEqual([
    'http://proxy.example:3128',
    'HTTPS_PROXY',
    'ECONNREFUSED',
  ])
  expect(found?.actions[0]).toEqual({ action: 'proxy_settings' })
})

it('proxy-unreachable: says nothing of another trouble', () => {
  expect(diagnosisBy('proxy-unreachable', eventsOf(proxyFailure('failed')))).toBeUndefined()
})
