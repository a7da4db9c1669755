import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, proxyFailure } from './diagnosis-fixture.ts'

it('proxy-refuses: shows the proxy and where it was set', () => {
  const found = diagnosisBy('proxy-refuses', eventsOf(proxyFailure('refused', { status: 403 })))
  expect(found?.evidence.map(({ value }) => value)).toEqual(['http://proxy.example:3128', 'HTTPS_PROXY', '403'])
  expect(found?.actions[0]).toEqual({ action: 'proxy_settings' })
})

it('proxy-refuses: says nothing of another trouble', () => {
  expect(diagnosisBy('proxy-refuses', eventsOf(proxyFailure('sign_in')))).toBeUndefined()
})
