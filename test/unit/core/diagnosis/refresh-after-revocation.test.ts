import { expect, it } from 'vitest'
import { diagnosisBy, exchange } from './diagnosis-fixture.ts'
import { after, obtained, refused } from './refresh-fixture.ts'

const revocation = (at: number, status = 200) => ({
  ...exchange({
    purpose: { kind: 'revocation', token: 'refresh_token', encoding: 'form', otherEncoding: false },
    response: { status },
  }),
  at,
})

it('refresh-after-revocation: says when', () => {
  const found = diagnosisBy('refresh-after-revocation', refused('A'), after([obtained(1_000, 'A'), revocation(5_000)]))
  expect(found?.evidence[0]).toMatchObject({ name: 'revoked at', value: '1970-01-01T00:00:05.000Z' })
})

it('refresh-after-revocation: says nothing of one that was refused, or of earlier tokens', () => {
  const failed = after([obtained(1_000, 'A'), revocation(5_000, 400)])
  expect(diagnosisBy('refresh-after-revocation', refused('A'), failed)).toBeUndefined()
  const earlier = after([revocation(500), obtained(1_000, 'A')])
  expect(diagnosisBy('refresh-after-revocation', refused('A'), earlier)).toBeUndefined()
})
