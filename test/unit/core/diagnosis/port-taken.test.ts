import { expect, it } from 'vitest'
import { afterRedirect, redirectWith, serviceWith, waitFor } from './authorization-fixture.ts'
import { contextOf, diagnosisBy } from './diagnosis-fixture.ts'

const asked = { redirect_uri: 'http://127.0.0.1:8080/callback' }
const check = { kind: 'check', which: 'listener', expected: 8080, result: 'unconfirmed', reason: 'in_use' }

it('port-taken: names the port, and offers one that is free', () => {
  const found = diagnosisBy('port-taken', afterRedirect(asked, check, waitFor('code', 'timed_out')))
  expect([found?.weight, found?.evidence[0]?.value]).toEqual(['likely', '8080'])
  expect(found?.actions[1]).toMatchObject({ changes: { redirect: { mode: 'ephemeral' } } })
})

it('port-taken: is odd where the answer was pasted, and offers no free port where the service compares it', () => {
  const service = serviceWith({ redirect: { anyPort: 'no' } })
  const context = contextOf({ flow: { outcome: 'succeeded' }, service })
  const found = diagnosisBy('port-taken', afterRedirect(asked, check, redirectWith(null)), context)
  expect(found?.weight).toBe('odd')
  expect(found?.actions).toHaveLength(1)
})

it('port-taken: says nothing where something listened, or the answer comes from elsewhere', () => {
  expect(diagnosisBy('port-taken', afterRedirect(asked, waitFor('redirect', 'timed_out')))).toBeUndefined()
  const elsewhere = { redirect_uri: 'https://app.example/callback' }
  expect(diagnosisBy('port-taken', afterRedirect(elsewhere, check, waitFor('code', 'timed_out')))).toBeUndefined()
})
