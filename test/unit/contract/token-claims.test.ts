import { expect, it } from 'vitest'
import { claimMeaning, claimTime, claimValueWords, headerMeaning } from '../../../contract/token-claims.ts'

it.each([
  ['iss', 'RFC 7519 §4.1.1'],
  ['exp', 'RFC 7519 §4.1.4'],
  ['azp', 'OpenID Connect Core §2'],
  ['at_hash', 'OpenID Connect Core §3.1.3.6'],
  ['client_id', 'RFC 9068 §2.2'],
  ['scope', 'RFC 9068 §2.2.3'],
  ['cnf', 'RFC 7800 §3.1'],
])('the claim %s is explained by %s', (name, section) => {
  expect(claimMeaning(name)).toEqual({ meaning: expect.stringMatching(/^[A-Z].*\.$/), section })
})

it.each(['__proto__', 'constructor', 'toString', 'tenant'])('a claim named %s is the issuer’s own', (name) => {
  expect(claimMeaning(name)).toBeNull()
  expect(headerMeaning(name)).toBeNull()
})

it('a header parameter is explained as such, and not as a claim', () => {
  expect(headerMeaning('kid')).toMatchObject({ section: 'RFC 7515 §4.1.4' })
  expect(headerMeaning('iss')).toBeNull()
  expect(claimMeaning('kid')).toBeNull()
})

it.each<[unknown, object]>([
  [1_800_000_000, { at: 1_800_000_000_000, written: 'in_seconds' }],
  [1_800_000_000.5, { at: 1_800_000_000_500, written: 'in_seconds' }],
  [1_800_000_000_000, { at: 1_800_000_000_000, written: 'in_milliseconds' }],
  ['1800000000', { at: 1_800_000_000_000, written: 'as_text' }],
  [1e300, { at: null, written: 'as_no_time' }],
  ['tomorrow', { at: null, written: 'as_no_time' }],
  [null, { at: null, written: 'as_no_time' }],
  [[1_800_000_000], { at: null, written: 'as_no_time' }],
])('an end written as %j is read as %j', (value, time) => {
  expect(claimTime('exp', value)).toEqual(time)
})

it('a number that is no time by its name is none', () => {
  expect(claimTime('ver', 1_800_000_000)).toBeNull()
})

it.each<[unknown, string]>([
  ['ada', 'ada'],
  [null, 'null'],
  [false, 'false'],
  [['read', 'write'], 'read, write'],
  [[], '[]'],
  [{ jkt: 'x' }, '{"jkt":"x"}'],
  [[{ a: 1 }], '[{"a":1}]'],
])('the value %j is shown as %s', (value, words) => {
  expect(claimValueWords(value)).toBe(words)
})

it('a long value is cut', () => {
  expect(claimValueWords('a'.repeat(1_000_000))).toBe(`${'a'.repeat(300)}…`)
  expect(claimValueWords(Array.from({ length: 100_000 }, () => 'scope'))).toHaveLength(301)
})
