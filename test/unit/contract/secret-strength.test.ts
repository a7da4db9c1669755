import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isOrdinaryText } from '../../../contract/secret-strength.ts'

describe('a secret that cannot be told from ordinary text', () => {
  it.each(['', 'x', 'k3y', 'abc12', '    s    '])('is a short one: “%s”', (secret) => {
    expect(isOrdinaryText(secret)).toBe(true)
  })

  it.each(['secret', 'Client', 'client-secret', 'clientSecret', 'my secret', 'password', 'localhost', 'example.com'])(
    'is made of a word or two: “%s”',
    (secret) => {
      expect(isOrdinaryText(secret)).toBe(true)
    },
  )

  it.each([
    'invalid_client',
    'invalid_grant',
    'unsupported_grant_type',
    'authorization_pending',
    'temporarily_unavailable',
    'account_selection_required',
    'client_secret_basic',
  ])('is a word of the protocol: %s', (secret) => {
    expect(isOrdinaryText(secret)).toBe(true)
  })

  it.each(['20261130', '1234567890', 'aaaaaaaa', '--------', '1212121212'])(
    'is a number or a placeholder: %s',
    (secret) => {
      expect(isOrdinaryText(secret)).toBe(true)
    },
  )
})

describe('a secret that can', () => {
  it.each([
    'client-secret-xyz',
    's3cret-0123456789',
    'Zk3f9q',
    'WDJB-MJHT',
    'correct horse battery staple',
    'the server did not accept',
    'p+q%41:r/s=',
    '20261130123456',
    'geheimnis',
    '0101010101010101',
  ])('is another: %s', (secret) => {
    expect(isOrdinaryText(secret)).toBe(false)
  })

  it('is every random one', () => {
    for (let length = 8; length < 40; length++) {
      for (const encoding of ['hex', 'base64', 'base64url'] as const) {
        const secret = randomBytes(length).toString(encoding)
        expect(isOrdinaryText(secret)).toBe(false)
      }
    }
  })
})
