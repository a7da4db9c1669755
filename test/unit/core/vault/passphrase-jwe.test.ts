import { CompactEncrypt, compactDecrypt } from 'jose'
import { describe, expect, test } from 'vitest'
import { Secret } from '../../../../core/secret.ts'
import { openWithPassphrase, sealWithPassphrase } from '../../../../core/vault/passphrase-jwe.ts'

const passphrase = new Secret('correct horse battery')
const text = new Secret(JSON.stringify({ long: 'ä'.repeat(5000) }))
const options = { keyManagementAlgorithms: ['PBES2-HS512+A256KW'], maxPBES2Count: 1_000_000 }

describe('a text sealed with a passphrase', () => {
  test('opens with another JOSE implementation', async () => {
    const jwe = await sealWithPassphrase(text, passphrase, 'application/json', 1_000)
    const { plaintext, protectedHeader } = await compactDecrypt(
      jwe,
      new TextEncoder().encode(passphrase.reveal()),
      options,
    )
    expect(new TextDecoder().decode(plaintext)).toBe(text.reveal())
    expect(protectedHeader.p2c).toBe(1_000)
  })

  test('opens when another JOSE implementation made it', async () => {
    const jwe = await new CompactEncrypt(new TextEncoder().encode('from elsewhere'))
      .setProtectedHeader({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM' })
      .setKeyManagementParameters({ p2c: 2048 })
      .encrypt(new TextEncoder().encode(passphrase.reveal()))
    expect((await openWithPassphrase(jwe, passphrase)).reveal()).toBe('from elsewhere')
  })

  test('tells a wrong passphrase from a file that was changed or cut short', async () => {
    const jwe = await sealWithPassphrase(new Secret('x'), passphrase, 'text/plain', 1_000)
    const wrong = { failure: { kind: 'wrong_passphrase' } }
    await expect(openWithPassphrase(jwe, new Secret('another passphrase'))).rejects.toMatchObject(wrong)
    const starts = [...jwe.matchAll(/\./g)].map(({ index }) => index + 1)
    const damaged = { failure: { kind: 'conflict', message: expect.stringContaining('damaged') } }
    for (const [part, at] of starts.entries()) {
      const other = jwe[at] === 'A' ? 'B' : 'A'
      const changed = jwe.slice(0, at) + other + jwe.slice(at + 1)
      // Without the sealed key nobody can tell which of the two it is.
      await expect(openWithPassphrase(changed, passphrase)).rejects.toMatchObject(part === 0 ? wrong : damaged)
      await expect(openWithPassphrase(jwe.slice(0, at), passphrase)).rejects.toMatchObject(damaged)
    }
  })

  test.each(['', 'no backup', 'a.b.c.d.e', 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAA.AAAA.AAAA', '....'])(
    'is not made of %j',
    async (other) => {
      await expect(openWithPassphrase(other, passphrase)).rejects.toMatchObject({ failure: { kind: 'conflict' } })
    },
  )

  test('does not let a file choose how long the machine is busy', async () => {
    const [header = '', ...rest] = (await sealWithPassphrase(new Secret('x'), passphrase, 'text/plain', 1_000)).split(
      '.',
    )
    const members = { ...JSON.parse(Buffer.from(header, 'base64url').toString()), p2c: 4_000_000_000 }
    const heavy = [Buffer.from(JSON.stringify(members)).toString('base64url'), ...rest].join('.')
    await expect(openWithPassphrase(heavy, passphrase)).rejects.toMatchObject({ failure: { kind: 'conflict' } })
  })
})
