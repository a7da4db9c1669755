// How the vault stands, and who is told when that changes. Refuses to let one listener's failure keep the news from another.
import type { VaultStatus } from '../../contract/vault.ts'
import type { Ports } from '../ports.ts'
import type { VaultDocument } from './document.ts'
import { passphraseLabel, viewSlots } from './key-slots.ts'
import type { StayedLocked } from './opening.ts'

export interface Standing {
  now(): VaultStatus
  become(next: VaultStatus): VaultStatus
  becomeOpen(openedWith: string, document: VaultDocument): VaultStatus
  stayLocked(why: StayedLocked, document: VaultDocument): VaultStatus
  /** Tells of each new status; the answer ends it. */
  onStatus(listener: (status: VaultStatus) => void): () => void
}

/** What a vault says of itself before it was opened. */
export function unopened(): VaultStatus {
  return { state: 'locked', reason: 'locked_by_hand', why: 'The vault has not been opened yet.', slots: [] }
}

export function createStanding({ keychain, log }: Pick<Ports, 'keychain' | 'log'>): Standing {
  const listeners = new Set<(status: VaultStatus) => void>()
  let status = unopened()
  /** What this host's keychain was called when it last opened the vault. */
  let today: string | null = null

  function become(next: VaultStatus): VaultStatus {
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
    now: () => status,
    become,
    becomeOpen(openedWith, { slots }) {
      if (openedWith !== passphraseLabel) today = openedWith
      return become({ state: 'open', openedWith, slots: viewSlots(slots, keychain, today) })
    },
    stayLocked: ({ reason, why }, { slots }) =>
      become({ state: 'locked', reason, why, slots: viewSlots(slots, keychain, today) }),
    onStatus(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
