import { describe, expect, test } from 'vitest'
import { compareScopes } from '../../../../renderer/connection/scope-comparison.ts'

const rows = (requested: string[], granted: string[] | null, reported: string[] | null) =>
  compareScopes({ requested, granted, reported }, undefined)

describe('scopes side by side', () => {
  test('what was requested and not granted is missing and comes first', () => {
    const [first, second] = rows(['read', 'write'], ['read'], null)
    expect(first).toMatchObject({ value: 'write', granted: 'no', missing: true })
    expect(second).toMatchObject({ value: 'read', granted: 'yes', missing: false, reported: null })
  })

  test('a silent token response leaves what was requested unconfirmed, and nothing missing', () => {
    expect(rows(['read'], null, null)).toEqual([
      expect.objectContaining({ value: 'read', granted: 'unconfirmed', missing: false }),
    ])
  })

  test('an unconfirmed scope that the API does not report is missing', () => {
    expect(rows(['read', 'write'], null, ['read'])[0]).toMatchObject({ value: 'write', missing: true })
  })

  test('the wildcard is never missing, and what it brings is not either', () => {
    expect(rows(['*'], ['a', 'b'], null).some((row) => row.missing)).toBe(false)
  })

  test('a scope that came unasked is shown as such', () => {
    expect(rows(['read'], ['read', 'extra'], null)[1]).toMatchObject({
      value: 'extra',
      requested: false,
      granted: 'yes',
    })
  })
})
