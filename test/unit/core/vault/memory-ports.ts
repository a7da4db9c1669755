// The vault's ports in memory, with the misbehaviour that a test asks for.
import {
  type Keychain,
  KeychainError,
  type Ownership,
  type Ports,
  type VaultDocumentFile,
} from '../../../../core/ports.ts'
import { Secret } from '../../../../core/secret.ts'

export interface MemoryDocument extends VaultDocumentFile {
  /** What lies "on disk", as text. */
  text: string | null
  writes: number
  failWrites: boolean
}

export function memoryDocument(text: string | null = null): MemoryDocument {
  return {
    path: '/vault.json',
    text,
    writes: 0,
    failWrites: false,
    read() {
      return this.text === null ? undefined : JSON.parse(this.text)
    },
    mark() {
      return this.text
    },
    write(document) {
      if (this.failWrites) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
      this.writes += 1
      this.text = JSON.stringify(document)
    },
  }
}

export interface MemoryKeychain extends Keychain {
  entries: Map<string, string>
  state: 'working' | 'locked' | 'unavailable' | 'refused'
  seals: number
}

export function memoryKeychain(id: Keychain['id'] = 'keyring'): MemoryKeychain {
  return {
    id,
    entries: new Map(),
    state: 'working',
    seals: 0,
    async backend() {
      if (this.state !== 'working') throw new KeychainError(this.state, `The keychain is ${this.state}.`)
      return 'Test Keychain'
    },
    async seal(key, vaultId) {
      if (this.state !== 'working') throw new KeychainError(this.state, `The keychain is ${this.state}.`)
      this.seals += 1
      this.entries.set(vaultId, key.reveal())
      return vaultId
    },
    async open(sealed) {
      if (this.state !== 'working') throw new KeychainError(this.state, `The keychain is ${this.state}.`)
      const key = this.entries.get(sealed)
      if (key === undefined) throw new KeychainError('refused', 'No such entry.')
      return new Secret(key)
    },
    async forget(sealed) {
      this.entries.delete(sealed)
    },
  }
}

export function freeOwnership(): Ownership & { held: boolean; released: number } {
  return {
    held: false,
    released: 0,
    take() {
      this.held = true
      return { taken: true }
    },
    release() {
      this.held = false
      this.released += 1
    },
  }
}

const defaults = () => ({
  document: memoryDocument(),
  ownership: freeOwnership(),
  keychain: memoryKeychain(),
  passphraseRounds: 1_000,
  clock: { now: () => 1_700_000_000_000 },
  log: { write: () => undefined },
})
type Defaults = ReturnType<typeof defaults>

/** What is given, and in-memory ones for the rest. */
export function memoryPorts<Given extends Partial<Pick<Ports, keyof Defaults>>>(given: Given) {
  return { ...defaults(), ...given } as Omit<Defaults, keyof Given> & Given
}
