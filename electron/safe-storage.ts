// The system's keychain through Electron's asynchronous safeStorage. Owns the backend's real name and the timeout with a
// keychain that waits for the person; refuses Electron's stand-in for a missing one (a key that everybody knows).
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
  /** Told when an answer comes that was given up: the keychain has opened, or the person has declined. */
  onLateAnswer(): void
}

const linuxBackends: Record<string, string> = {
  gnome_libsecret: 'GNOME Keyring (libsecret)',
  kwallet: 'KWallet 4',
  kwallet5: 'KWallet 5',
  kwallet6: 'KWallet 6',
}

/** On Linux this begins whatever was encrypted with Chromium's built-in password: no protection at all. */
const builtInPassword = Buffer.from('v10')

const noKeychain = 'This desktop offers no keychain that Electron knows (libsecret or KWallet).'

/** The keychain behind `storage`; to be used once the app is ready. */
export function safeStorageKeychain(options: SafeStorageOptions): Keychain {
  const { storage, platform, timeout = 1_500, onLateAnswer } = options
  let readiness: Promise<boolean> | null = null

  /** Gives up after a while, and tells when the answer comes after all: a locked keychain asks the person first. */
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

  /** The first question makes Electron fetch its key, which is where a locked keychain keeps it waiting. */
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
    // Electron counts as available even when the keychain was not opened, and then uses the built-in password.
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
      // Either the keychain is closed to us, which this call finds out, or it holds another key than then.
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
    // The slot is all there is: Electron's own key in the keychain is not this vault's alone.
    forget: async () => undefined,
  }
}
