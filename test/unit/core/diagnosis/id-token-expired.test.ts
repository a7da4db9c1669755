import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf } from './diagnosis-fixture.ts'

const expiry = (found: number | null, reason: string | null) =>
  eventsOf({ kind: 'check', which: 'id_token_expiry', found, result: reason ? 'failed' : 'passed', reason })

it('id-token-expired: says for how long, or that no end is named', () => {
  expect(diagnosisBy('id-token-expired', expiry(-420, 'ended'))?.title).toContain('7 min')
  expect(diagnosisBy('id-token-expired', expiry(null, 'missing'))?.weight).toBe('cause')
})

it('id-token-expired: says nothing of one that is good', () => {
  expect(diagnosisBy('id-token-expired', expiry(300, null))).toBeUndefined()
})
