// The system's keychain through Electron's asynchronous safeStorage: reports the backend's real name, times out while a
// keychain waits for the person, and rejects Electron's fallback for a missing keychain (a key that everybody knows).
import type { SafeStorage } from 'electron'
import { type Keychain, KeychainError } from '../core/ports.ts'
import { Secret } from '../core/secret.ts'

export interface SafeStorageOptions {
  storage: Pick<
    SafeStorage,
    'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
  >
  platform: NodeJS.Platform
  /** Milliseconds after which a keychain that does not answer counts as waiting for the person. */
  timeout?: number
  /** Called when an answer comes after the timeout: the keychain was unlocked, or the person declined. */
  onLateAnswer(): void
}

const linuxBackends: Record<string, string> = {
  gnome_libsecret: 'GNOME Keyring (libsecret)',
  kwallet: 'KWallet 4',
  kwallet5: 'KWallet 5',
  kwallet6: 'KWallet 6',
}

/** The prefix of what Chromium on Linux encrypts with its built-in password, which protects nothing. */
const builtInPassword = Buffer.from('v10')

const noKeychain = 'This desktop offers no keychain that Electron knows (libsecret or KWallet).'

/** The keychain behind `storage`; use it once the app is ready. */
export function safeStorageKeychain(options: SafeStorageOptions): Keychain {
  const { storage, platform, timeout = 1_500, onLateAnswer } = options
  let readiness: Promise<boolean> | null = null

  /** Times out, and reports a late answer: a locked keychain asks the person first. */
  async function inTime<T>(work: Promise<T>): Promise<T> {
    let late = false
    const waiting = Promise.withResolvers<never>()
    const timer = setTimeout(() => {
      late = true
      waiting.reject(
        new KeychainError('locked', `${name()} is locked and waits for you. Grantdesk goes on when it is unlocked.`),
      )
    }, timeout)
    work
      .catch(() => undefined)
      .then(() => {
        clearTimeout(timer)
        if (late) onLateAnswer()
      })
    return Promise.race([work, waiting.promise])
  }

  function name(): string {
    if (platform === 'darwin') return 'macOS Keychain'
    if (platform === 'win32') return 'Windows DPAPI'
    const found = linuxBackends[storage.getSelectedStorageBackend()]
    if (!found) throw new KeychainError('unavailable', noKeychain)
    return found
  }

  /** The first call makes Electron fetch its key, which waits while the keychain is locked. */
  async function ready(): Promise<string> {
    const backend = name()
    readiness ??= storage.isAsyncEncryptionAvailable().finally(() => {
      readiness = null
    })
    if (!(await inTime(readiness))) throw new KeychainError('unavailable', `${backend} does not answer.`)
    return backend
  }

  async function encrypt(backend: string, text: string): Promise<Buffer> {
    const sealed = await inTime(storage.encryptStringAsync(text)).catch((error: unknown) => {
      if (error instanceof KeychainError) throw error
      throw new KeychainError('refused', `${backend} refused to seal the vault’s key.`)
    })
    // Electron reports encryption as available even if the keychain stayed locked, and then uses the built-in password.
    if (platform !== 'darwin' && platform !== 'win32' && sealed.subarray(0, 3).equals(builtInPassword)) {
      throw new KeychainError('locked', `${backend} is locked, or does not answer.`)
    }
    return sealed
  }

  async function decrypt(backend: string, sealed: Buffer): Promise<string> {
    try {
      const { result } = await inTime(storage.decryptStringAsync(sealed))
      return result
    } catch (error) {
      if (error instanceof KeychainError) throw error
      if (error instanceof Error && /temporarily unavailable/.test(error.message)) {
        throw new KeychainError('locked', `${backend} is locked.`)
      }
      // Either the keychain is locked, which this call finds out, or its key has changed since.
      await encrypt(backend, 'probe')
      throw new KeychainError('refused', `${backend} no longer has the key that sealed this vault.`)
    }
  }

  return {
    id: 'electron-safe-storage',
    async backend() {
      const backend = await ready()
      await encrypt(backend, 'probe')
      return backend
    },
    async seal(key, vaultId) {
      const sealed = await encrypt(await ready(), `${vaultId} ${key.reveal()}`)
      return sealed.toString('base64')
    },
    async open(sealed, vaultId) {
      const backend = await ready()
      const text = await decrypt(backend, Buffer.from(sealed, 'base64'))
      const [owner, key] = text.split(' ')
      if (owner !== vaultId || !key) throw new KeychainError('refused', 'This key slot belongs to another vault.')
      return new Secret(key)
    },
    // Nothing to remove: Electron's key in the keychain is shared with other vaults.
    forget: async () => undefined,
  }
}
