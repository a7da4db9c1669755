// Which bytes of keys are left in memory: every key that the platform's cryptography was handed, and everything that it
// opened, is held on to here and looked at afterwards.
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Secret } from '../../../../core/secret.ts'
import { withDerivedKey } from '../../../../core/vault/passphrase.ts'
import { addingKeychain, settingPassphrase } from '../../../../core/vault/slot-changes.ts'
import { openVault } from '../../../../core/vault/vault.ts'
import { freeOwnership, memoryDocument, memoryKeychain, memoryPorts } from './memory-ports.ts'
import { sampleChanges } from './sample-records.ts'

const passphrase = new Secret('correct horse battery')
const another = new Secret('another way to say it')
const pause = async () => undefined

let seen: Uint8Array[]

beforeEach(() => {
  seen = []
  const { createSecretKey, createCipheriv, createDecipheriv } = crypto
  const note = (key: unknown) => {
    if (key instanceof Uint8Array) seen.push(key)
  }
  vi.spyOn(crypto, 'createSecretKey').mockImplementation(((key: Uint8Array) => {
    note(key)
    return createSecretKey(key)
  }) as typeof createSecretKey)
  vi.spyOn(crypto, 'createCipheriv').mockImplementation(((name: 'aes-256-gcm', key: Uint8Array, iv: Uint8Array) => {
    note(key)
    const cipher = createCipheriv(name, key, iv)
    const update = cipher.update.bind(cipher) as (plaintext: Uint8Array) => Buffer
    return Object.assign(cipher, {
      update(plaintext: Uint8Array) {
        note(plaintext)
        return update(plaintext)
      },
    })
  }) as typeof createCipheriv)
  vi.spyOn(crypto, 'createDecipheriv').mockImplementation(((
    name: 'aes-256-gcm',
    key: Uint8Array,
    iv: Uint8Array,
    options: object,
  ) => {
    note(key)
    const decipher = createDecipheriv(name, key, iv, options)
    const update = decipher.update.bind(decipher) as (ciphertext: Uint8Array) => Buffer
    return Object.assign(decipher, {
      update(ciphertext: Uint8Array) {
        const opened = update(ciphertext)
        note(opened)
        return opened
      },
    })
  }) as typeof createDecipheriv)
  syncBuiltinESMExports()
})

afterEach(() => {
  vi.restoreAllMocks()
  syncBuiltinESMExports()
})

/** How many of the bytes held on to still say something. */
const left = () => seen.filter((bytes) => bytes.some((byte) => byte !== 0)).length

async function passphraseVault() {
  const ports = memoryPorts({ document: memoryDocument(), keychain: null })
  const vault = openVault(ports, { pause })
  await vault.create(passphrase)
  await vault.write(sampleChanges)
  return { ports, vault }
}

describe('once the vault is locked', () => {
  test('no key that opened it, sealed with it or came of a passphrase is left, nor what was read', async () => {
    const { vault } = await passphraseVault()
    await vault.read('tokens', 'n1')
    await vault.changeSlots(settingPassphrase(another, passphrase))
    await vault.changeSlots(addingKeychain(memoryKeychain()))
    await expect(vault.changeSlots(settingPassphrase(passphrase, passphrase))).rejects.toThrow()
    expect(left()).toBeGreaterThan(0)
    await vault.lock()
    await expect(vault.unlock(passphrase)).rejects.toThrow()
    expect(left()).toBe(0)
    await vault.unlock(another)
    await vault.list('connection')
    expect(left()).toBeGreaterThan(0)
    await vault.lock()
    expect(seen.length).toBeGreaterThan(10)
    expect(left()).toBe(0)
  })

  test('the key goes when what was under way at the lock has ended, and no sooner', async () => {
    const { vault } = await passphraseVault()
    const ended = Promise.withResolvers<void>()
    const locked = vault.lock(undefined, () => ended.promise)
    await vault.write(sampleChanges)
    expect(left()).toBeGreaterThan(0)
    ended.resolve()
    await locked
    expect(left()).toBe(0)
  })

  test('a key that came from the keychain goes as well', async () => {
    const vault = openVault(memoryPorts({}), { pause })
    await vault.open()
    await vault.write(sampleChanges)
    await vault.lock()
    await vault.retry()
    await vault.close()
    expect(seen.length).toBeGreaterThan(3)
    expect(left()).toBe(0)
  })
})

describe('a key is not kept', () => {
  test('that was asked for before a lock and came after it', async () => {
    const { ports, vault } = await passphraseVault()
    await vault.close()
    for (const way of ['unlock', 'retry'] as const) {
      const keychain = memoryKeychain()
      if (way === 'retry') {
        await vault.open()
        await vault.unlock(passphrase)
        await vault.changeSlots(addingKeychain(keychain))
        await vault.close()
      }
      seen.length = 0
      const ownership = {
        ...freeOwnership(),
        take() {
          void late.lock()
          return { taken: true as const }
        },
      }
      const late = openVault({ ...ports, keychain: way === 'retry' ? keychain : null, ownership }, { pause })
      expect(await (way === 'unlock' ? late.unlock(passphrase) : late.retry())).toMatchObject({ state: 'locked' })
      expect(seen.length, way).toBeGreaterThan(0)
      expect(left(), way).toBe(0)
    }
  })

  test('that opens another vault', async () => {
    const keychain = memoryKeychain()
    const ports = memoryPorts({ keychain })
    const vault = openVault(ports, { pause })
    await vault.open()
    await vault.close()
    for (const [id] of keychain.entries) keychain.entries.set(id, Buffer.alloc(32, 1).toString('base64url'))
    expect(await vault.retry()).toMatchObject({ state: 'locked' })
    expect(left()).toBe(0)
  })

  test('of a vault that could not be made', async () => {
    for (const keychain of [memoryKeychain(), null]) {
      const document = memoryDocument()
      document.failWrites = true
      const vault = openVault(memoryPorts({ document, keychain }), { pause })
      await (keychain ? vault.open() : vault.create(passphrase).catch(() => undefined))
    }
    expect(seen.length).toBeGreaterThan(1)
    expect(left()).toBe(0)
  })

  test('that was derived, once it has been used, also where that failed', async () => {
    const keys: Uint8Array[] = []
    const use = (fail: boolean) =>
      withDerivedKey(passphrase, new Uint8Array(16), 1, async (key) => {
        keys.push(key)
        expect(key.some((byte) => byte !== 0)).toBe(true)
        if (fail) throw new Error('used in vain')
      })
    await use(false)
    await expect(use(true)).rejects.toThrow('used in vain')
    expect(keys.map((key) => key.every((byte) => byte === 0))).toEqual([true, true])
  })
})
