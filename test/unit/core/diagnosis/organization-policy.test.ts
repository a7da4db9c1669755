import { expect, it } from 'vitest'
import { afterRedirect, redirectWith } from './authorization-fixture.ts'
import { diagnosisBy } from './diagnosis-fixture.ts'

it('organization-policy: says so by the server’s code', () => {
  const found = diagnosisBy('organization-policy', afterRedirect({}, redirectWith('admin_policy_enforced')))
  expect([found?.weight, found?.evidence[0]?.value]).toEqual(['cause', 'admin_policy_enforced'])
})

it('organization-policy: says nothing of another one', () => {
  expect(diagnosisBy('organization-policy', afterRedirect({}, redirectWith('access_denied')))).toBeUndefined()
})
