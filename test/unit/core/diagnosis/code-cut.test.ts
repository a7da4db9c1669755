import { expect, it } from 'vitest'
import { refusedCodeFlow } from './authorization-fixture.ts'
import { diagnosisBy, refusal } from './diagnosis-fixture.ts'

const check = { kind: 'check', which: 'state', result: 'skipped', reason: 'not_pasted' }

it('code-cut: is likely where the code was pasted alone', () => {
  const events = refusedCodeFlow(refusal('invalid_grant'), { redirect: { via: 'out_of_band' }, before: [check] })
  expect(diagnosisBy('code-cut', events)?.weight).toBe('likely')
})

it('code-cut: says nothing where it came with its state, or by the listener', () => {
  const whole = refusedCodeFlow(refusal('invalid_grant'), { redirect: { via: 'pasted' } })
  expect(diagnosisBy('code-cut', whole)).toBeUndefined()
  expect(diagnosisBy('code-cut', refusedCodeFlow(refusal('invalid_grant'), { before: [check] }))).toBeUndefined()
})
