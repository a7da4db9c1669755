import { expect, test } from 'vitest'
import { scopeDifference } from '../../../../renderer/connection/scope-difference.ts'

const at = (requested: string[], granted: string[] | null, reported: string[] | null) => ({
  at: 0,
  cause: 'connect' as const,
  requested,
  granted,
  reported,
})
const shown = ({ scopes, removed }: ReturnType<typeof scopeDifference>['lines'][number]) =>
  scopes && [...scopes.map(({ value, added }) => (added ? `+${value}` : value)), ...removed.map((value) => `-${value}`)]

test('a scope that was asked for anew and refused shows as asked for, and as not granted', () => {
  const before = at(['read'], ['read'], ['read'])
  const { lines, refused } = scopeDifference(
    at(['read', 'write', 'profile:read'], ['read', 'write'], ['read', 'write']),
    before,
  )
  expect(lines.map(shown)).toEqual([
    ['read', '+write', '+profile:read'],
    ['read', '+write'],
    ['read', '+write'],
  ])
  expect(refused).toEqual(['profile:read'])
})

test('what is gone is named where it is gone', () => {
  const { lines } = scopeDifference(at(['read'], ['read'], null), at(['read'], ['read', 'write'], ['read']))
  expect(lines.map(shown)).toEqual([['read'], ['read', '-write'], null])
})

test('the first moment adds nothing, and silence before makes nothing new', () => {
  expect(scopeDifference(at(['read'], null, null), undefined).lines.map(shown)).toEqual([['read'], null, null])
  const { lines, refused } = scopeDifference(at(['read'], ['read'], null), at(['read'], null, null))
  expect([lines.map(shown), refused]).toEqual([[['read'], ['read'], null], []])
})
