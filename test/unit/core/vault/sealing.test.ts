import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { CompactEncrypt, compactDecrypt } from 'jose'
import { expect, test } from 'vitest'
import { documentVersion } from '../../../../core/vault/document-versions.ts'
import { fitsVault, seal, sealCheck, sealingKey, sealUnder, unseal } from '../../../../core/vault/sealing.ts'

const key = new Uint8Array(randomBytes(32))
const place = { vaultId: 'v1', name: 'tokens:n1' }

test('what is sealed opens at its own place', () => {
  expect(unseal(key, place, seal(key, place, 'text'))).toBe('text')
  expect(unseal(sealingKey(key), place, seal(sealingKey(key), place, 'text'))).toBe('text')
})

test('any text comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(unseal(key, place, seal(key, place, text))).toBe(text)
    }),
  )
})

test('jose opens what is sealed here, and what jose seals opens here', async () => {
  const { plaintext, protectedHeader } = await compactDecrypt(seal(key, place, 'täxt'), key)
  expect(new TextDecoder().decode(plaintext)).toBe('täxt')
  expect(protectedHeader).toEqual({
    alg: 'dir',
    enc: 'A256GCM',
    vault: 'v1',
    record: 'tokens:n1',
    version: documentVersion,
  })
  const theirs = await new CompactEncrypt(new TextEncoder().encode('täxt'))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', vault: 'v1', record: 'tokens:n1' })
    .encrypt(key)
  expect(unseal(key, place, theirs)).toBe('täxt')
})

test('the right key opens nothing at another name or in another vault', () => {
  const jwe = seal(key, place, 'text')
  expect(() => unseal(key, { ...place, name: 'tokens:n2' }, jwe)).toThrow()
  expect(() => unseal(key, { ...place, vaultId: 'v2' }, jwe)).toThrow()
})

test('nothing opens of which one character is another, is missing, or is too many', () => {
  const jwe = seal(key, place, 'a text of some length')
  for (let at = 0; at < jwe.length; at += 1) {
    const other = jwe[at] === 'A' ? 'B' : 'A'
    // The last character of each part but the header carries bits that no byte is made of.
    const isLast = jwe[at + 1] === '.' || at === jwe.length - 1
    if (!isLast) expect(() => unseal(key, place, `${jwe.slice(0, at)}${other}${jwe.slice(at + 1)}`)).toThrow()
    expect(() => unseal(key, place, `${jwe.slice(0, at)}${jwe.slice(at + 1)}`)).toThrow()
    expect(() => unseal(key, place, `${jwe.slice(0, at)}=${jwe.slice(at)}`)).toThrow()
  }
})

test.each([{ zip: 'DEF' }, { crit: ['exp'], exp: 1 }, { alg: 'A256KW' }, { enc: 'A128GCM' }])(
  'what asks to be opened in another way (%o) is refused',
  (members) => {
    const jwe = sealUnder(key, { vault: 'v1', record: 'tokens:n1', ...members }, Buffer.from('text'))
    expect(() => unseal(key, place, jwe)).toThrow(/another way/)
  },
)

test('sealing the same text twice gives two ciphertexts', () => {
  expect(seal(key, place, 'text')).not.toBe(seal(key, place, 'text'))
})

test('only the vault’s own key, whole, fits it', () => {
  const vault = { vaultId: 'v1', check: sealCheck(key, 'v1') }
  expect(fitsVault(key, vault)).toBe(true)
  expect(fitsVault(new Uint8Array(randomBytes(32)), vault)).toBe(false)
  expect(fitsVault(key.slice(0, 16), vault)).toBe(false)
  expect(fitsVault(key, { ...vault, vaultId: 'v2' })).toBe(false)
})
