import { expect, it } from 'vitest'
import { connectionJson, expiryWords, relativeTime, stateWords } from '../../../headless/words.ts'
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
  expect(stateWords(sampleConnection({ expiresAt: now + 12 * minute }), now)).toBe('expires in 12 min')
  expect(stateWords(sampleConnection({ expiresAt: now - 1 }), now)).toBe('expired')
  expect(stateWords(sampleConnection(), now)).toBe('active')
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
    state: 'expired',
    scopes: { requested: ['read'], granted: ['read'] },
    expiresAt: 5,
    refreshable: true,
    waiting: null,
    apiAnswer: null,
    tags: [],
  })
})
