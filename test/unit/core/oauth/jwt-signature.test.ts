import { CompactSign, exportJWK, generateKeyPair, type JSONWebKeySet } from 'jose'
import { beforeAll, expect, it } from 'vitest'
import { signatureOutcome } from '../../../../core/oauth/jwt-signature.ts'
import { Secret } from '../../../../core/secret.ts'

const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const secret = 'a-client-secret-that-signs-tokens'
let keys: JSONWebKeySet
let pairs: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'][]

beforeAll(async () => {
  const made = await Promise.all([1, 2, 3].map(() => generateKeyPair('RS256')))
  pairs = made.map(({ privateKey }) => privateKey)
  const [first, second] = await Promise.all(made.map(({ publicKey }) => exportJWK(publicKey)))
  keys = { keys: [{ ...first, kid: 'one' }, { ...second }] }
})

async function signed(by: number, header = {}, claims: unknown = { sub: 'ada' }): Promise<string> {
  const key = pairs[by]
  if (!key) throw new Error('no such key')
  return new CompactSign(text(claims)).setProtectedHeader({ alg: 'RS256', ...header }).sign(key)
}

const outcome = (jwt: string, more: Partial<Parameters<typeof signatureOutcome>[1]> = {}) =>
  signatureOutcome(jwt, { keys, clientSecret: null, ...more })

it('is verified by the key that the token names', async () => {
  expect(await outcome(await signed(0, { kid: 'one' }))).toEqual({ found: 'RS256', result: 'passed' })
})

it('is verified by any key where the token names none of several', async () => {
  expect(await outcome(await signed(1))).toMatchObject({ result: 'passed' })
  expect(await outcome(await signed(2))).toMatchObject({ result: 'failed', reason: 'different' })
})

it('is verified whatever the claims say', async () => {
  expect(await outcome(await signed(0, { kid: 'one' }, { exp: 'never', nbf: 1e12 }))).toMatchObject({
    result: 'passed',
  })
})

it('fails where another key signed it', async () => {
  expect(await outcome(await signed(2, { kid: 'one' }))).toMatchObject({ result: 'failed' })
})

it('is not verified where the key is not among the service’s', async () => {
  expect(await outcome(await signed(0, { kid: 'rotated' }))).toMatchObject({ result: 'unconfirmed', reason: 'no_key' })
  expect(await outcome(await signed(0), { keys: null })).toMatchObject({ result: 'unconfirmed', reason: 'no_key' })
})

it.each(['none', 'None', 'NONE', ''])('a token with alg “%s” is never verified', async (alg) => {
  for (const end of ['', 'AAAA']) {
    const forged = `${part({ alg })}.${part({ sub: 'ada' })}.${end}`
    expect(await outcome(forged, { clientSecret: new Secret(secret) })).toMatchObject({ result: 'unconfirmed' })
  }
})

it('a public key does not pass for a secret', async () => {
  const forged = await new CompactSign(text({ sub: 'ada' }))
    .setProtectedHeader({ alg: 'HS256', kid: 'one' })
    .sign(text(keys.keys[0]))
  expect(await outcome(forged)).toMatchObject({ result: 'unconfirmed' })
})

it('a key that the token brings along is not trusted', async () => {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const forged = await new CompactSign(text({ sub: 'ada' }))
    .setProtectedHeader({ alg: 'RS256', kid: 'one', jwk: await exportJWK(publicKey) })
    .sign(privateKey)
  expect(await outcome(forged)).toMatchObject({ result: 'failed' })
})

it('HS256 is verified by the client secret alone', async () => {
  const sign = (key: string) =>
    new CompactSign(text({ sub: 'ada' })).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(key))
  const held = { clientSecret: new Secret(secret) }
  expect(await outcome(await sign(secret), held)).toMatchObject({ result: 'passed' })
  expect(await outcome(await sign('another-secret'), held)).toMatchObject({ result: 'failed' })
})
