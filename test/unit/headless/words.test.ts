import { expect, it } from 'vitest'
import { connectionJson, expiryWords, heldScopesWords, relativeTime, stateWords } from '../../../headless/words.ts'
import { sampleConnection } from './sample-connection.ts'

const minute = 60_000

it.each([
  [45_000, 'in 45 s'],
  [100_000, 'in 100 s'],
  [12 * minute, 'in 12 min'],
  [24 * 60 * minute - 5_000, 'in 24 h'],
  [3 * 24 * 60 * minute, 'in 3 d'],
  [-5 * minute, '5 min ago'],
  [0, 'in 0 s'],
])('says %d ms as “%s”', (distance, words) => {
  expect(relativeTime(1_000_000_000 + distance, 1_000_000_000)).toBe(words)
})

it('says the state in words', () => {
  const now = 1_000_000
  expect(stateWords(sampleConnection({ expiresAt: now + 12 * minute }), now)).toBe('active')
  expect(stateWords(sampleConnection({ expiresAt: now - 1 }), now)).toBe('renews when used')
  expect(stateWords(sampleConnection({ expiresAt: now - 1, refreshable: false }), now)).toBe('expired')
  expect(stateWords(sampleConnection(), now)).toBe('active')
  const key = { grantType: 'static_token' as const, refreshable: false, obtainedAt: now - 1 }
  expect(stateWords(sampleConnection({ ...key, expiresAt: now + 60_000 }), now)).toBe('replace within 60 s')
  expect(stateWords(sampleConnection({ ...key, expiresAt: now + 3 * 86_400_000 }), now)).toMatch(
    /^replace before 1970-/,
  )
  expect(expiryWords(sampleConnection(), now)).toBe('not known')
})

it('has exactly the promised members in the JSON of a list', () => {
  expect(connectionJson(sampleConnection({ expiresAt: 5 }), 10)).toEqual({
    id: '11111111-aaaa',
    name: 'ada',
    service: 'plane',
    baseUrl: 'https://plane.example',
    account: { id: '1', name: 'Ada', email: null, detail: null },
    workspace: null,
    grant: 'user_token',
    state: 'renewed_when_used',
    scopes: { requested: ['read'], granted: ['read'] },
    expiresAt: 5,
    neverExpires: false,
    refreshable: true,
    waiting: null,
    apiAnswer: null,
    tags: [],
  })
})

const typed = 'authorization_code' as const

it.each([
  [{ requested: ['repo', 'gist'], granted: ['repo', 'gist'], reported: null }, 'scopes repo gist'],
  [
    { requested: ['repo', 'gist', 'user'], granted: ['repo', 'gist'], reported: null },
    'scopes repo gist (user missing)',
  ],
  [{ requested: ['repo', 'user'], granted: null, reported: ['repo'] }, 'scopes repo (user missing)'],
  [{ requested: ['repo', 'user'], granted: null, reported: null }, 'scopes repo user (unconfirmed)'],
  [
    { requested: ['repo', 'user'], granted: ['repo', 'user'], reported: ['repo'] },
    'scopes repo user (user not reported by the API)',
  ],
  [{ requested: [], granted: null, reported: null }, 'no scopes asked for'],
  [{ requested: ['repo'], granted: [], reported: null }, 'no scopes (repo missing)'],
])('says of the scopes %j what is held, missing and unconfirmed', (scopes, words) => {
  expect(heldScopesWords({ scopes, grantType: typed })).toBe(words)
})

it('says of a key that its scopes were chosen where it was made, unless the API reports them', () => {
  const scopes = { requested: [], granted: null, reported: null }
  expect(heldScopesWords({ scopes, grantType: 'static_token' })).toContain('chosen where the token was made')
  const reported = { ...scopes, reported: ['repo', 'gist'] }
  expect(heldScopesWords({ scopes: reported, grantType: 'static_token' })).toBe('scopes repo gist')
})
