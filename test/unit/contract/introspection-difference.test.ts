import { expect, it } from 'vitest'
import { differenceWords, introspectionDifferences } from '../../../contract/introspection-difference.ts'

const end = 1_900_000_000_000
const reported = {
  ...{ at: 2_000, active: true, subject: 'user-7', username: 'ada', clientId: 'app' },
  ...{ scopes: ['read', 'write'], expiresAt: end },
}
const stored = {
  obtainedAt: 1_000,
  expiresAt: end,
  account: { id: '7', name: 'ada', email: null, detail: null },
  scopes: { requested: ['read'], granted: ['write', 'read'], reported: null },
}
const differences = (more = {}, answer = {}, clientId: string | null = 'app') =>
  introspectionDifferences({ ...stored, ...more, introspection: { ...reported, ...answer } }, clientId)

it('an answer that says what is stored differs in nothing', () => {
  expect(differences()).toEqual([])
  expect(introspectionDifferences(stored, 'app')).toEqual([])
})

it('scopes differ by those that are missing and those that came besides, in any order', () => {
  expect(differences({}, { scopes: ['admin', 'read'] })).toEqual([
    { of: 'scopes', additional: ['admin'], missing: ['write'] },
  ])
  expect(differences({ scopes: { requested: ['*'], granted: null, reported: null } })).toEqual([])
  expect(differences({}, { scopes: null })).toEqual([])
})

it('ends differ by more than clocks do', () => {
  expect(differences({}, { expiresAt: end + 59_000 })).toEqual([])
  expect(differences({}, { expiresAt: end + 61_000 })).toEqual([{ of: 'expiry', stored: end, reported: end + 61_000 }])
  expect(differences({ expiresAt: null })).toEqual([])
})

it('the account differs where no name of it is the reported one', () => {
  expect(differences({}, { username: null })).toEqual([{ of: 'account', stored: '7', reported: 'user-7' }])
  expect(differences({}, { username: null, subject: '7' })).toEqual([])
  expect(differences({ account: null })).toEqual([])
})

it('the client differs where the server names another', () => {
  expect(differences({}, { clientId: 'other' })).toEqual([{ of: 'client', stored: 'app', reported: 'other' }])
  expect(differences({}, { clientId: undefined })).toEqual([])
  expect(differences({}, { clientId: 'other' }, null)).toEqual([])
})

it.each([
  ['an earlier token', {}, { at: 999 }],
  ['a token that is not active', {}, { active: false }],
])('what was said of %s is not compared', (_, more, answer) => {
  expect(differences({ ...more, expiresAt: 1 }, answer)).toEqual([])
})

it('each is a sentence', () => {
  const time = (at: number) => `at ${at}`
  expect(differenceWords({ of: 'scopes', additional: ['admin'], missing: ['write'] }, time)).toBe(
    'Scopes not reported: write. Scopes reported besides: admin.',
  )
  expect(differenceWords({ of: 'expiry', stored: 1, reported: 2 }, time)).toBe('It ends at 2, not at 1.')
})
