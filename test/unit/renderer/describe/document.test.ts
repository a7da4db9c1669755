import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Members, textAt, textsAt, valueAt, withValue } from '../../../../renderer/describe/document.ts'

const document: Members = { name: 'Example', grants: [{ id: 'a' }, { id: 'b', bearer: { header: 'X' } }] }

describe('a description while it is written', () => {
  it('is read by paths into objects and lists', () => {
    expect(textAt(document, 'grants.1.bearer.header')).toBe('X')
    expect(valueAt(document, 'grants.7.id')).toBeUndefined()
    expect(valueAt(document, 'name.length')).toBeUndefined()
    expect(valueAt(document, 'constructor')).toBeUndefined()
    expect(textsAt({ scopes: { default: ['a', 1, 'b'] } }, 'scopes.default')).toEqual(['a', 'b'])
  })

  it('is changed as a copy, and makes the objects and lists on the way', () => {
    const next = withValue(document, 'identity.0.path', '/me')
    expect(next.identity).toEqual([{ path: '/me' }])
    expect(document.identity).toBeUndefined()
    expect(withValue(document, 'endpoints.token', '/t').endpoints).toEqual({ token: '/t' })
  })

  it('keeps the order of its members, and all that was not changed', () => {
    const next = withValue(document, 'name', 'Other')
    expect(Object.keys(next)).toEqual(['name', 'grants'])
    expect(next.grants).toEqual(document.grants)
  })

  it('loses a member that is taken out, and the object that is empty without it', () => {
    expect(withValue(document, 'grants.1.bearer.header', undefined).grants).toEqual([{ id: 'a' }, { id: 'b' }])
    expect(withValue({ issuer: { url: 'x' } }, 'issuer.url', undefined)).toEqual({})
    expect(withValue({ name: 'x' }, 'issuer.url', undefined)).toEqual({ name: 'x' })
  })

  it('holds at a path what was put there', () => {
    const path = fc.array(fc.constantFrom('a', 'b', '0', '__proto__', 'constructor'), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(path, fc.string(), (names, text) => {
        const next = withValue({}, names.join('.'), text)
        expect(valueAt(next, names.join('.'))).toBe(text)
        expect(({} as Record<string, unknown>)[names.at(-1) ?? '']).not.toBe(text)
      }),
    )
  })
})
