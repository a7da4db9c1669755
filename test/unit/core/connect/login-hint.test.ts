import { UnsecuredJWT } from 'jose'
import { expect, it } from 'vitest'
import { hintFrom } from '../../../../core/connect/login-hint.ts'
import { Secret } from '../../../../core/secret.ts'

const account = { id: '9188040d-6c67-4c5b-b112-36a304b66dad', name: 'Ada Lovelace', email: null, detail: null }
const idToken = (claims: Record<string, string>) => new Secret(new UnsecuredJWT(claims).encode())

it('a reconnection proposes what the person signs in with, and no opaque id', () => {
  expect(hintFrom({ ...account, email: 'ada@example.com' }, undefined)).toBe('ada@example.com')
  expect(hintFrom({ ...account, detail: 'ada' }, undefined)).toBe('ada')
  expect(hintFrom({ ...account, id: 'alice' }, undefined)).toBe('alice')
  expect(hintFrom(account, idToken({ sub: 'x', preferred_username: 'ada@corp.example' }))).toBe('ada@corp.example')
  expect(hintFrom(account, undefined)).toBeNull()
  expect(hintFrom({ ...account, id: '113243245677' }, undefined)).toBeNull()
  expect(hintFrom(null, new Secret('no.jwt'))).toBeNull()
})
