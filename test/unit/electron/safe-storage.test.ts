import { describe, expect, it, vi } from 'vitest'
import { KeychainError } from '../../../core/ports.ts'
import { Secret } from '../../../core/secret.ts'
import { type SafeStorageOptions, safeStorageKeychain } from '../../../electron/safe-storage.ts'

type Storage = SafeStorageOptions['storage']
type Backend = ReturnType<Storage['getSelectedStorageBackend']>

const key = new Secret('k'.repeat(43))

/** Electron's keychain as this file needs it: a prefix for the kind of key, then the text. */
class MemoryStorage implements Storage {
  backend: Backend = 'gnome_libsecret'
  available = true
  prefix = 'v11'
  failure: Error | null = null
  /** Settles when the person answers the keychain's prompt. */
  prompt: Promise<void> = Promise.resolve()

  getSelectedStorageBackend = () => this.backend
  isAsyncEncryptionAvailable = async () => {
    await this.prompt
    return this.available
  }
  encryptStringAsync = async (text: string) => Buffer.from(this.prefix + text)
  decryptStringAsync = async (sealed: Buffer) => {
    if (this.failure) throw this.failure
    return { result: sealed.toString().slice(3), shouldReEncrypt: false }
  }
}

function keychain(storage: Storage, more: Partial<SafeStorageOptions> = {}) {
  return safeStorageKeychain({ storage, platform: 'linux', timeout: 20, onLateAnswer: () => undefined, ...more })
}

async function reason(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(KeychainError)
  return (error as KeychainError).reason
}

describe('the keychain through safeStorage', () => {
  it('gives back the key it was given', async () => {
    const ours = keychain(new MemoryStorage())
    const sealed = await ours.seal(key, 'vault')
    expect((await ours.open(sealed, 'vault')).reveal()).toBe(key.reveal())
  })

  it('refuses a slot of another vault', async () => {
    const ours = keychain(new MemoryStorage())
    const sealed = await ours.seal(key, 'vault')
    expect(await reason(ours.open(sealed, 'another'))).toBe('refused')
  })

  it.each<[Backend, string]>([
    ['gnome_libsecret', 'GNOME Keyring (libsecret)'],
    ['kwallet5', 'KWallet 5'],
    ['kwallet6', 'KWallet 6'],
  ])('names %s', async (backend, name) => {
    const storage = new MemoryStorage()
    storage.backend = backend
    expect(await keychain(storage).backend()).toBe(name)
  })

  it('names the keychain of macOS and of Windows without asking for Linux’s', async () => {
    const storage = new MemoryStorage()
    storage.getSelectedStorageBackend = () => {
      throw new Error('Linux only')
    }
    storage.prefix = 'v10'
    expect(await keychain(storage, { platform: 'darwin' }).backend()).toBe('macOS Keychain')
    expect(await keychain(storage, { platform: 'win32' }).backend()).toBe('Windows DPAPI')
  })

  it.each<Backend>(['basic_text', 'unknown'])('refuses %s as no keychain at all', async (backend) => {
    const storage = new MemoryStorage()
    storage.backend = backend
    expect(await reason(keychain(storage).backend())).toBe('unavailable')
    expect(await reason(keychain(storage).seal(key, 'vault'))).toBe('unavailable')
  })

  it('refuses a keychain that says it is not available', async () => {
    const storage = new MemoryStorage()
    storage.available = false
    expect(await reason(keychain(storage).backend())).toBe('unavailable')
  })

  it('refuses to seal with Chromium’s built-in password, whatever the backend is called', async () => {
    const storage = new MemoryStorage()
    storage.prefix = 'v10'
    expect(await reason(keychain(storage).backend())).toBe('locked')
    expect(await reason(keychain(storage).seal(key, 'vault'))).toBe('locked')
  })

  it('reads a keychain that waits for the person as locked, and tells when it has answered', async () => {
    const storage = new MemoryStorage()
    const prompt = Promise.withResolvers<void>()
    storage.prompt = prompt.promise
    const told = vi.fn()
    const ours = keychain(storage, { onLateAnswer: told })
    expect(await reason(ours.backend())).toBe('locked')
    expect(told).not.toHaveBeenCalled()
    prompt.resolve()
    await vi.waitFor(() => expect(told).toHaveBeenCalledOnce())
    expect(await ours.backend()).toBe('GNOME Keyring (libsecret)')
  })

  it('asks one question, however many callers wait for the answer', async () => {
    const storage = new MemoryStorage()
    const asked = vi.spyOn(storage, 'isAsyncEncryptionAvailable')
    storage.prompt = new Promise(() => undefined)
    const ours = keychain(storage)
    await Promise.all([reason(ours.backend()), reason(ours.open('', 'vault'))])
    expect(asked).toHaveBeenCalledOnce()
  })

  it('reads a failing decryption as locked while the keychain gives no key', async () => {
    const storage = new MemoryStorage()
    const sealed = await keychain(storage).seal(key, 'vault')
    storage.failure = new Error('Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.')
    storage.prefix = 'v10'
    expect(await reason(keychain(storage).open(sealed, 'vault'))).toBe('locked')
  })

  it('reads a temporary failure as locked', async () => {
    const storage = new MemoryStorage()
    const sealed = await keychain(storage).seal(key, 'vault')
    storage.failure = new Error('safeStorage.decryptStringAsync is temporarily unavailable. Please try again.')
    expect(await reason(keychain(storage).open(sealed, 'vault'))).toBe('locked')
  })

  it('says so when an open keychain no longer has the key', async () => {
    const storage = new MemoryStorage()
    const sealed = await keychain(storage).seal(key, 'vault')
    storage.failure = new Error('Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.')
    expect(await reason(keychain(storage).open(sealed, 'vault'))).toBe('refused')
  })
})
