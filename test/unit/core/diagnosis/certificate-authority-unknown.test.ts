import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf, networkFailure, unanswered } from './diagnosis-fixture.ts'

it('certificate-authority-unknown: knows a missing issuer and a chain that ends in an unknown one', () => {
  for (const code of ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'SELF_SIGNED_CERT_IN_CHAIN']) {
    expect(diagnosisBy('certificate-authority-unknown', eventsOf(networkFailure(code)))?.weight).toBe('cause')
  }
})

it('certificate-authority-unknown: names the proxy that it came through', () => {
  const proxy = { address: 'http://proxy.example:3128', from: 'system', variable: null, signsIn: false }
  const failure = { kind: 'network', host: 'as.example', code: 'SELF_SIGNED_CERT_IN_CHAIN', proxy }
  const found = diagnosisBy('certificate-authority-unknown', eventsOf(unanswered(failure)))
  expect(found?.evidence.at(-1)).toMatchObject({ name: 'proxy', value: 'http://proxy.example:3128' })
})

it('certificate-authority-unknown: says nothing of one that is self-signed or has expired', () => {
  for (const code of ['DEPTH_ZERO_SELF_SIGNED_CERT', 'CERT_HAS_EXPIRED']) {
    expect(diagnosisBy('certificate-authority-unknown', eventsOf(networkFailure(code)))).toBeUndefined()
  }
})
