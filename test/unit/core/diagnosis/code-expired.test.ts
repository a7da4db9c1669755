import { expect, it } from 'vitest'
import { refusedCodeFlow, shown, waitFor } from './authorization-fixture.ts'
import { diagnosisBy, refusal } from './diagnosis-fixture.ts'

it('code-expired: is certain where the server says so', () => {
  expect(
    diagnosisBy('code-expired', refusedCodeFlow(refusal('invalid_grant', 'Authorization code is expired')))?.weight,
  ).toBe('cause')
})

it('code-expired: is likely where the code was used late, or pasted late', () => {
  const late = refusedCodeFlow(refusal('invalid_grant'), { redirect: { at: -60_000 } })
  expect(shown(diagnosisBy('code-expired', late))?.[0]).toBe('63000 ms')
  const before = [{ ...waitFor('code', 'over'), at: 0, endedAt: 400_000 }]
  const pasted = refusedCodeFlow(refusal('invalid_grant'), { redirect: { via: 'pasted' }, before })
  expect(diagnosisBy('code-expired', pasted)?.title).toContain('7 min')
})

it('code-expired: says nothing where it was used at once, or for another reason', () => {
  expect(diagnosisBy('code-expired', refusedCodeFlow())).toBeUndefined()
  const used = refusedCodeFlow(refusal('code_already_used'), { redirect: { at: -60_000 } })
  expect(diagnosisBy('code-expired', used)).toBeUndefined()
})
