// Opens or creates the vault, with the keychain or a passphrase, one request at a time; requests from before the last lock are
// dropped. Never creates a key, slot or document if there is one already, whatever the keychain answers.
import type { VaultStatus } from '../../contract/vault.ts'
import type { mutex } from '../mutex.ts'
import type { Ports } from '../ports.ts'
import { problem } from '../problem.ts'
import type { Secret } from '../secret.ts'
import type { VaultDocument } from './document.ts'
import type { DocumentStore } from './document-store.ts'
import { type Opened, openByKeychain, openByPassphrase, passphraseNeeded } from './opening.ts'
import { createOpeningSteps } from './opening-steps.ts'
import { checkPassphrase } from './passphrase.ts'
import type { PassphraseThrottle } from './passphrase-delay.ts'
import type { Session } from './session.ts'
import type { StatusStore } from './status-store.ts'
import { createVaultCreation } from './vault-creation.ts'
import { nothingToRecover, obstacleProblem, vaultExists } from './vault-problems.ts'

export interface Opener {
  isOpen(): boolean
  /** Does nothing while the vault stays locked. */
  open(): Promise<VaultStatus>
  retry(): Promise<VaultStatus>
  create(passphrase: Secret): Promise<VaultStatus>
  unlock(passphrase: Secret): Promise<VaultStatus>
  /** Replaces the whole file with the copy; throws `conflict` if the file should not be replaced. */
  recoverFile(): Promise<string | null>
  /**
   * Drops earlier requests to open. `locked` says whether it stays locked until the person unlocks it (unchanged if omitted).
   * Returns a function that tells whether it has been neither opened nor interrupted since.
   */
  interrupt(locked?: boolean): () => boolean
}

export interface OpenerParts {
  ports: Pick<Ports, 'keychain' | 'clock' | 'log' | 'passphraseRounds'>
  documents: DocumentStore
  session: Session
  status: StatusStore
  writes: ReturnType<typeof mutex>
  passphraseThrottle: PassphraseThrottle
  /** Called with a passphrase that has just opened the vault. */
  onUnlocked(passphrase: Secret, document: VaultDocument): void
}

export function createOpener(parts: OpenerParts): Opener {
  const { ports, documents, session, status, writes, passphraseThrottle, onUnlocked } = parts
  const steps = createOpeningSteps({ writes, isOpen, status: status.current })
  const creation = createVaultCreation({ ports, documents, status, begin })
  let staysLocked = false
  let openings = 0

  function isOpen(): boolean {
    return session.current() !== null && status.current().state === 'open'
  }

  /** What prevents opening; nothing while operations from before the lock still use the document. */
  function obstacleTo(): VaultStatus | null {
    return session.current() === null ? documents.take() : null
  }

  function begin({ key, openedWith, slots, damaged }: Opened, document: VaultDocument): VaultStatus {
    staysLocked = false
    openings += 1
    // Written with the next save.
    if (slots) document.slots = slots
    session.begin(key, document, damaged)
    documents.verified(session.need().index.problems().size === 0)
    ports.log.write('info', 'vault opened', { slots: document.slots.length })
    return status.setOpen(openedWith, document)
  }

  async function openNow(dropped: () => boolean): Promise<VaultStatus> {
    const obstacle = obstacleTo()
    if (obstacle !== null) return status.set(obstacle)
    const document = documents.current()
    if (document === null) return creation.withKeychain(dropped)
    const opened = await openByKeychain(document, ports.keychain, documents.copy)
    if (dropped()) {
      if ('key' in opened) opened.key.fill(0)
      return status.current()
    }
    return 'key' in opened ? begin(opened, document) : status.setLocked(opened, document)
  }

  async function unlockNow(passphrase: Secret, right: () => void, dropped: () => boolean): Promise<VaultStatus> {
    const obstacle = obstacleTo()
    if (obstacle !== null) throw obstacleProblem(status.set(obstacle))
    const document = documents.current()
    if (document === null) throw problem('not_found', 'There is no vault yet.', 'Make one first.')
    if (!document.slots.some((slot) => slot.kind === 'passphrase')) {
      throw problem('not_supported', 'This vault has no passphrase.', 'Open it with its keychain.')
    }
    const opened = await openByPassphrase(document, passphrase, documents.copy)
    if (opened === null) {
      const now = status.current()
      const isShown = now.state === 'locked' && now.slots.length > 0
      if (!isShown && !dropped()) status.setLocked(passphraseNeeded, document)
      throw problem('wrong_passphrase', 'That is not the passphrase of this vault.')
    }
    right()
    if (dropped()) {
      opened.key.fill(0)
      return status.current()
    }
    const now = begin(opened, document)
    onUnlocked(passphrase, document)
    return now
  }

  return {
    isOpen,
    open: () => steps.run(async (dropped) => (staysLocked ? status.current() : openNow(dropped))),
    retry: () => steps.run(openNow),
    recoverFile: () =>
      steps.exclusively(async () => {
        // Rereading the file would mistake another host's changes for our own state.
        if (session.current() !== null) throw nothingToRecover('The vault is still being locked.', 'Try again soon.')
        return documents.recover()
      }),
    create: async (passphrase) => {
      checkPassphrase(passphrase)
      if (session.current() !== null) throw vaultExists()
      return steps.run((dropped) => creation.withPassphrase(passphrase, dropped))
    },
    unlock: (passphrase) => {
      const asked = steps.now()
      return passphraseThrottle.attempt((right) => steps.run((dropped) => unlockNow(passphrase, right, dropped), asked))
    },
    interrupt(locked = staysLocked) {
      steps.interrupt()
      const asked = steps.now()
      const before = openings
      staysLocked = locked
      return () => asked === steps.now() && openings === before
    },
  }
}
