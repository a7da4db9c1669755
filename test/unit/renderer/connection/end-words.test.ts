import { describe, expect, it } from 'vitest'
import { endNotice, leftWords, lifetimeWords, reminderWords } from '../../../../renderer/connection/end-words.ts'

const now = 1_800_000_000_000
const day = 86_400_000

describe('the end that only the person can put off', () => {
  it.each([
    [365, '1 year'],
    [730, '2 years'],
    [182, '6 months'],
    [90, '3 months'],
    [100, '100 days'],
    [30, '30 days'],
    [0.5, '12 hours'],
  ])('a life of %s days is %s', (days, words) => {
    expect(lifetimeWords(days * 86_400)).toBe(words)
  })

  it('is counted in days, and by the second at last', () => {
    expect(leftWords(181.9 * day)).toBe('181 days')
    expect(leftWords(3 * 60_000 + 5000)).toBe('3:05')
    expect(leftWords(-1)).toBe('nothing')
  })

  it('is recalled from a day on, and then now', () => {
    const end = { at: now + 40 * day, remindFrom: now + 10 * day }
    expect(reminderWords(end, now)).toMatch(/^from .*, 30 days before$/)
    expect(reminderWords(end, now + 10 * day)).toBe('now')
  })

  const held = {
    status: { kind: 'good' as const },
    serviceName: 'Plannr',
    grantType: 'static_token' as const,
    refreshable: false,
    obtainedAt: now - 350 * day,
    expiresAt: now + 15 * day,
    refreshTokenObtainedAt: null,
    refreshTokenExpiresAt: null,
  }

  it('is not spoken of while it is far', () => {
    expect(endNotice({ ...held, expiresAt: now + 100 * day }, now)).toBeNull()
    expect(endNotice({ ...held, expiresAt: null }, now)).toBeNull()
  })

  it('of a token made at the service is put off there', () => {
    expect(endNotice(held, now)).toMatch(/^This token ends in 15 days, on .*Make a new one at Plannr and replace it\.$/)
  })

  it('of a refresh token is put off by reconnecting, though the access token is fresh', () => {
    const refreshing = {
      ...held,
      grantType: 'authorization_code' as const,
      refreshable: true,
      expiresAt: now + day,
      refreshTokenObtainedAt: now - 170 * day,
      refreshTokenExpiresAt: now + 12 * day,
    }
    expect(endNotice(refreshing, now)).toMatch(/^The refresh token ends in 12 days.*Reconnect before then/)
    expect(endNotice(refreshing, now + 13 * day)).toMatch(/^The refresh token ended on .*Reconnect to get/)
  })

  it('gives way to a refusal, which says more', () => {
    const failure = { kind: 'cancelled' as const, message: 'x' }
    const status = { kind: 'needs_attention' as const, since: now, failure }
    expect(endNotice({ ...held, status }, now)).toBeNull()
  })
})
