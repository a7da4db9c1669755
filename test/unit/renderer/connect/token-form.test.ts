import { describe, expect, test } from 'vitest'
import { newTokenForm, placementWords, tokenInputOf, tokenProblems } from '../../../../renderer/connect/token-form.ts'
import { service } from './samples.ts'

const now = new Date(2026, 4, 10, 12).getTime()
const plane = service()
const key = plane.grants.find(({ id }) => id === 'api_key')
const form = { ...newTokenForm(plane, key, now), value: 'key-1' }

describe('a token that the person hands over', () => {
  test('is proposed as the grant sends it, and without an end where none is known', () => {
    expect(form).toMatchObject({ header: 'X-Api-Key', prefix: '', endless: true })
    expect(newTokenForm(plane, plane.grants[0], now)).toMatchObject({ header: 'Authorization', prefix: 'Bearer ' })
  })

  test('is proposed to end where the service says how long it lives', () => {
    const yearly = key && { ...key, tokenLifetime: 365 * 86_400 }
    expect(newTokenForm(plane, yearly, now)).toMatchObject({ ends: '2027-05-10', endless: false })
  })

  test('crosses the door with the end of its day, or as one that never ends', () => {
    const ends = new Date(2027, 4, 11).getTime() - 1
    expect(tokenInputOf({ ...form, endless: false, ends: '2027-05-10' })).toMatchObject({ expiresAt: ends })
    expect(tokenInputOf({ ...form, endless: true })).toMatchObject({ expiresAt: null })
  })

  test('has to be there, on one line, and not past', () => {
    expect(tokenProblems(form, 'API key', now)).toEqual({})
    for (const value of ['', '  ', 'two\nlines', 'ключ'])
      expect(tokenProblems({ ...form, value }, 'API key', now).value).toBeDefined()
    expect(tokenProblems({ ...form, endless: false }, 'API key', now).ends).toBeDefined()
    expect(tokenProblems({ ...form, endless: false, ends: '2026-05-09' }, 'API key', now).ends).toBe(
      'That day is past.',
    )
    expect(tokenProblems({ ...form, endless: false, ends: '2026-05-10' }, 'API key', now)).toEqual({})
  })

  test('is shown as it is sent, without itself', () => {
    expect(placementWords({ header: 'X-Api-Key', prefix: '' })).toBe('X-Api-Key: ••••••••')
  })
})
