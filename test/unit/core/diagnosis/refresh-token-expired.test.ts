import { expect, it } from 'vitest'
import { diagnosisBy, refusal } from './diagnosis-fixture.ts'
import { after, refused } from './refresh-fixture.ts'

it('refresh-token-expired: says when, where its lifetime is known', () => {
  const found = diagnosisBy('refresh-token-expired', refused('A'), after([], { refreshTokenExpiresAt: 9_000 }))
  expect(found?.evidence[1]).toMatchObject({ name: 'expired at', value: '1970-01-01T00:00:09.000Z' })
  const said = refused('A', refusal('expired_token'))
  expect(diagnosisBy('refresh-token-expired', said, after([]))?.weight).toBe('cause')
})

it('refresh-token-expired: says nothing of one that had not, or of another that came later', () => {
  const good = after([], { refreshTokenExpiresAt: 11_000 })
  expect(diagnosisBy('refresh-token-expired', refused('A'), good)).toBeUndefined()
  const later = after([], { refreshTokenObtainedAt: 12_000, refreshTokenExpiresAt: 9_000 })
  expect(diagnosisBy('refresh-token-expired', refused('A'), later)).toBeUndefined()
})
