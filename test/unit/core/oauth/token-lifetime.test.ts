// How long a token lives, by each of the ways in which servers say it.
import { describe, expect, it } from 'vitest'
import { exchangeCode, refreshTokens } from '../../../../core/oauth/token-endpoint.ts'
import { jwtLifetime, lifetimeIn } from '../../../../core/oauth/token-lifetime.ts'
import { Secret } from '../../../../core/secret.ts'
import { answering, json } from './token-fixture.ts'

const now = Date.parse('2026-11-30T12:00:00Z')
const inAnHour = now + 3_600_000
const jwt = (claims: object) =>
  [{ alg: 'RS256' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')

describe('a lifetime', () => {
  it.each<[string, unknown, number | null]>([
    ['seconds', 3600, 3600],
    ['seconds as text', ' 3600 ', 3600],
    ['a fraction of seconds', '3599.5', 3599.5],
    ['a date in seconds', inAnHour / 1000, 3600],
    ['a date in seconds as text', String(inAnHour / 1000), 3600],
    ['a date in ms', inAnHour, 3600],
    ['a date in ms as text', String(inAnHour), 3600],
    ['ISO 8601', '2026-11-30T13:00:00Z', 3600],
    ['ISO 8601 with a zone', '2026-11-30T15:00:00.000+02:00', 3600],
    ['ISO 8601 without a zone, which is UTC', '2026-11-30T13:00:00', 3600],
    ['a blank for the T', '2026-11-30 13:00:00', 3600],
    ['a day', '2026-12-01', 43_200],
    ['the date of HTTP', 'Mon, 30 Nov 2026 13:00:00 GMT', 3600],
    ['the date of Azure', '11/30/2026 1:00:00 PM +00:00', 3600],
    ['a date that has passed', '2026-11-30T11:00:00Z', -3600],
    ['a date in seconds that has passed', now / 1000 - 60, -60],
    ['ten years', 315_360_000, 315_360_000],
    ['more, which is no date either', 999_999_999, 315_360_000],
    ['more than any date', 1e300, 315_360_000],
    ['a date beyond ten years', '2999-01-01T00:00:00Z', 315_360_000],
    ['never, as 0', 0, null],
    ['never, as less than 0', -1, null],
    ['words', 'soon', null],
    ['words with a number', 'in 2 hours', null],
    ['nothing', '', null],
    ['null', null, null],
    ['an object', { seconds: 60 }, null],
    ['what is no number', Number.NaN, null],
  ])('is read from %s', (_name, value, expected) => {
    expect(lifetimeIn([value], now)).toBe(expected)
  })

  it('is the first that says anything', () => {
    expect(lifetimeIn([undefined, 0, 'soon', '60', 90], now)).toBe(60)
  })
})

describe('the lifetime of a JWT', () => {
  it.each<[string, string, number | null]>([
    ['is its exp', `${jwt({ exp: inAnHour / 1000 })}.signature`, 3600],
    ['is its exp in ms', `${jwt({ exp: inAnHour })}.signature`, 3600],
    ['is its exp as a text', `${jwt({ exp: String(inAnHour / 1000) })}.signature`, 3600],
    ['has passed with it', `${jwt({ exp: now / 1000 - 5 })}.signature`, -5],
    ['is unknown without exp', `${jwt({ sub: 'ada' })}.signature`, null],
    ['is unknown where exp is no number', `${jwt({ exp: 'later' })}.signature`, null],
    ['is not looked for in another token', 'a.b.c', null],
    ['is not looked for in an encrypted one', `${jwt({ exp: 1 })}.c.d.e`, null],
  ])('%s', (_name, token, expected) => {
    expect(jwtLifetime(token, now)).toBe(expected)
  })
})

describe('a token answer', () => {
  const sent = { refreshToken: new Secret('r3fresh-1'), parameters: {}, resources: [] }
  const lives = async (body: object) => {
    const { at, checks } = answering(() => json(body), { now: () => now })
    const { expiresIn, refreshTokenExpiresIn } = await refreshTokens(at, sent)
    return { expiresIn, refreshTokenExpiresIn, checks }
  }
  const access_token = `${jwt({ exp: inAnHour / 1000 })}.signature`

  it.each([
    ['expires_in', 60],
    ['expires_in', now + 60_000],
    ['expires_at', now / 1000 + 60],
    ['expires_at', '2026-11-30T12:01:00Z'],
    ['expires_on', String(now / 1000 + 60)],
    ['expires', 60],
    ['expires', now + 60_000],
  ])('names it as %s: %s', async (name, value) => {
    expect(await lives({ access_token, [name]: value })).toMatchObject({ expiresIn: 60, refreshTokenExpiresIn: null })
  })

  it.each(['refresh_token_expires_in', 'refresh_expires_in', 'x_refresh_token_expires_in'])(
    'names that of the refresh token as %s',
    async (name) => {
      const { refreshTokenExpiresIn, checks } = await lives({ access_token, refresh_token: 'r', [name]: '8640000' })
      expect(refreshTokenExpiresIn).toBe(8_640_000)
      expect(checks).toContainEqual({ which: 'refresh_token_expires_in', result: 'passed', found: 8_640_000 })
    },
  )

  it('that is silent leaves it to the token itself', async () => {
    const { expiresIn, checks } = await lives({ access_token, expires_in: 0 })
    expect(expiresIn).toBe(3600)
    expect(checks).toContainEqual({ which: 'expires_in', result: 'passed', found: 3600, reason: 'token_says' })
  })

  it('that comes after the end says so', async () => {
    const { at, checks } = answering(() => json({ access_token: 'a', expires_at: '2026-11-30T11:59:00Z' }), {
      now: () => now,
    })
    const code = { code: new Secret('c'), codeVerifier: null, redirectUri: 'http://127.0.0.1/callback' }
    expect((await exchangeCode(at, { ...code, parameters: {}, resources: [] })).expiresIn).toBe(-60)
    expect(checks).toContainEqual({ which: 'expires_in', result: 'failed', reason: 'ended', found: -60 })
  })
})
