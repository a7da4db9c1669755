import { expect, it } from 'vitest'
import { afterRedirect, redirectWith } from './authorization-fixture.ts'
import { diagnosisBy } from './diagnosis-fixture.ts'

it('account-not-ready: says so by the server’s code', () => {
  const found = diagnosisBy('account-not-ready', afterRedirect({}, redirectWith('unverified_email')))
  expect([found?.weight, found?.evidence[0]?.value]).toEqual(['cause', 'unverified_email'])
})

it('account-not-ready: says nothing of another one', () => {
  expect(diagnosisBy('account-not-ready', afterRedirect({}, redirectWith('access_denied')))).toBeUndefined()
})
