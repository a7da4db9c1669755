// The vault's status and its listeners. One listener's error does not affect the others.
import type { VaultStatus } from '../../contract/vault.ts'
import type { Ports } from '../ports.ts'
import type { VaultDocument } from './document.ts'
import { passphraseLabel, viewSlots } from './key-slots.ts'
import type { LockCause } from './opening.ts'

export interface StatusStore {
  current(): VaultStatus
  set(next: VaultStatus): VaultStatus
  setOpen(openedWith: string, document: VaultDocument): VaultStatus
  setLocked(cause: LockCause, document: VaultDocument): VaultStatus
  /** Returns a function that unsubscribes. */
  subscribe(listener: (status: VaultStatus) => void): () => void
}

/** What a vault says of itself before it was opened. */
export function unopened(): VaultStatus {
  return { state: 'locked', reason: 'locked_by_hand', why: 'The vault has not been opened yet.', slots: [] }
}

export function createStatusStore({ keychain, log }: Pick<Ports, 'keychain' | 'log'>): StatusStore {
  const listeners = new Set<(status: VaultStatus) => void>()
  let status = unopened()
  /** What this host's keychain was called when it last opened the vault. */
  let keychainName: string | null = null

  function set(next: VaultStatus): VaultStatus {
    status = next
    for (const listener of listeners) {
      try {
        listener(next)
      } catch {
        log.write('error', 'a listener to the vault failed', { state: next.state })
      }
    }
    return next
  }

  return {
    current: () => status,
    set,
    setOpen(openedWith, { slots }) {
      if (openedWith !== passphraseLabel) keychainName = openedWith
      return set({ state: 'open', openedWith, slots: viewSlots(slots, keychain, keychainName) })
    },
    setLocked: ({ reason, why }, { slots }) =>
      set({ state: 'locked', reason, why, slots: viewSlots(slots, keychain, keychainName) }),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
