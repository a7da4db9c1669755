import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, proxyFailure } from './diagnosis-fixture.ts'

it('proxy-sign-in: shows the proxy and where it was set', () => {
  const found = diagnosisBy('proxy-sign-in', eventsOf(proxyFailure('sign_in', { status: 407, schemes: ['Negotiate'] })))
  expect(found?.evidence.map(({ value }) => value)).toEqual([
    'http://proxy.example:3128',
    'HTTPS_PROXY',
    '407',
    'Negotiate',
  ])
  expect(found?.actions[0]).toEqual({ action: 'proxy_settings' })
})

it('proxy-sign-in: says nothing of another trouble', () => {
  expect(diagnosisBy('proxy-sign-in', eventsOf(proxyFailure('refused')))).toBeUndefined()
})
