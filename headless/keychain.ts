// The system's keychain for plain Node: one entry per vault with its data key. Never the kernel's keyring, which is cleared at
// reboot. A missing answer is not taken for a missing key, because a locked keyring may return nothing.
import { type Keychain, KeychainError } from '../core/ports.ts'
import { Secret } from '../core/secret.ts'
import { secretServiceLocked, secretServiceName } from './secret-service.ts'

const service = 'Grantdesk'
const options = { linux: { store: 'secret-service' } } as const

/** The system's keyring through @napi-rs/keyring, whose native part is loaded at first use. */
export function systemKeychain({ slotNameWillDo = false } = {}): Keychain {
  return {
    id: 'keyring',
    slotNameWillDo,
    async backend() {
      // An entry that never exists: reading it reaches the keychain without a prompt.
      await call('probe', (entry) => entry.getPassword())
      return backendName()
    },
    async seal(key, vaultId) {
      await call(vaultId, (entry) => entry.setPassword(key.reveal()))
      return reference(vaultId)
    },
    async open(sealed, vaultId) {
      if (sealed !== reference(vaultId)) {
        throw new KeychainError('refused', 'The vault names another keychain entry than its own.')
      }
      const key = await call(vaultId, (entry) => entry.getPassword())
      if (key === null || key === undefined) throw await missingKey()
      return new Secret(key)
    },
    async forget(sealed, vaultId) {
      if (sealed === reference(vaultId)) await call(vaultId, (entry) => entry.deleteCredential())
    },
  }
}

/** One entry for each vault, by the vault's id. */
function reference(vaultId: string): string {
  return `${service}/${vaultId}`
}

type Entry = import('@napi-rs/keyring').AsyncEntry

async function call<T>(account: string, work: (entry: Entry) => Promise<T>): Promise<T> {
  const keyring = await import('@napi-rs/keyring').catch(() => {
    throw new KeychainError(
      'unavailable',
      'The part of Grantdesk that reaches the system’s keychain does not load here.',
    )
  })
  try {
    return await work(new keyring.AsyncEntry(service, account, options))
  } catch (error) {
    throw await explain(error)
  }
}

/** The library's errors have no codes, so the messages are matched, and not passed on. */
async function explain(error: unknown): Promise<KeychainError> {
  const words = error instanceof Error ? error.message.toLowerCase() : ''
  const name = process.platform === 'linux' ? 'The keychain' : await backendName()
  if (/prompt was dismissed|locked|interaction is not allowed/.test(words)) {
    return new KeychainError('locked', `${name} is locked, and was not unlocked.`)
  }
  if (/dbus|d-bus/.test(words)) {
    return new KeychainError('unavailable', 'No keychain can be reached: no Secret Service answers on a session bus.')
  }
  if (/no result found/.test(words)) {
    return new KeychainError('unavailable', 'The Secret Service has no keyring to keep a key in.')
  }
  if (process.platform === 'linux' && (await secretServiceLocked()) === true) {
    return new KeychainError('locked', 'The keychain is locked.')
  }
  if (/access|denied|cancel/.test(words)) return new KeychainError('refused', `${name} refused access.`)
  return new KeychainError('unavailable', `${name} cannot be used.`)
}

async function missingKey(): Promise<KeychainError> {
  const locked = process.platform === 'linux' ? await secretServiceLocked() : null
  if (locked === true) return new KeychainError('locked', 'The keychain is locked.')
  if (locked === false || process.platform !== 'linux') {
    return new KeychainError('refused', 'The keychain no longer has Grantdesk’s key for this vault.')
  }
  return new KeychainError('locked', 'The keychain is locked, or no longer has Grantdesk’s key for this vault.')
}

async function backendName(): Promise<string> {
  if (process.platform === 'darwin') return 'macOS Keychain'
  if (process.platform === 'win32') return 'Windows Credential Manager'
  return secretServiceName()
}
