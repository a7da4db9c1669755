import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { fitsVault, seal, sealCheck, unseal } from '../../../../core/vault/sealing.ts'

const key = new Uint8Array(randomBytes(32))
const place = { vaultId: 'v1', name: 'tokens:n1' }

test('what is sealed opens at its own place', async () => {
  expect(await unseal(key, place, await seal(key, place, 'text'))).toBe('text')
})

test('the right key opens nothing at another name or in another vault', async () => {
  const jwe = await seal(key, place, 'text')
  await expect(unseal(key, { ...place, name: 'tokens:n2' }, jwe)).rejects.toThrow()
  await expect(unseal(key, { ...place, vaultId: 'v2' }, jwe)).rejects.toThrow()
})

test('sealing the same text twice gives two ciphertexts', async () => {
  expect(await seal(key, place, 'text')).not.toBe(await seal(key, place, 'text'))
})

test('only the vault’s own key, whole, fits it', async () => {
  const vault = { vaultId: 'v1', check: await sealCheck(key, 'v1') }
  expect(await fitsVault(key, vault)).toBe(true)
  expect(await fitsVault(new Uint8Array(randomBytes(32)), vault)).toBe(false)
  expect(await fitsVault(key.slice(0, 16), vault)).toBe(false)
  expect(await fitsVault(key, { ...vault, vaultId: 'v2' })).toBe(false)
})
