// Opens or creates the vault, with the keychain or a passphrase, one request at a time; requests from before the last lock are
// dropped. Never creates a key, slot or document if there is one already, whatever the keychain answers.
import type { VaultStatus } from '../../contract/vault.ts'
import { mutex } from '../mutex.ts'
import { KeychainError, type Ports } from '../ports.ts'
import { Problem, problem } from '../problem.ts'
import type { Secret } from '../secret.ts'
import type { VaultDocument } from './document.ts'
import type { DocumentStore } from './document-store.ts'
import { makeKeychainSlot, makePassphraseSlot, passphraseLabel } from './key-slots.ts'
import { type Made, makeVault, type Opened, openByKeychain, openByPassphrase, passphraseNeeded } from './opening.ts'
import { checkPassphrase } from './passphrase.ts'
import type { PassphraseTurn } from './passphrase-delay.ts'
import type { Session } from './session.ts'
import type { StatusStore } from './status-store.ts'
import { errorCode, systemRemedy } from './system-error.ts'
import { nothingToRecover, obstacleProblem, unwritten, vaultExists } from './vault-problems.ts'

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
  passphraseTurn: PassphraseTurn
  /** Called with a passphrase that has just opened the vault. */
  onUnlocked(passphrase: Secret, document: VaultDocument): void
}

export function createOpener(parts: OpenerParts): Opener {
  const { ports, documents, session, status, writes, passphraseTurn, onUnlocked } = parts
  const steps = mutex()
  let staysLocked = false
  /** Counts interruptions: a request from before one must not open the vault after it. */
  let interruptions = 0
  let openings = 0

  /** Runs one step at a time, after all writes; dropped if there was an interruption since it was requested. */
  function step(work: (dropped: () => boolean) => Promise<VaultStatus>, asked = interruptions): Promise<VaultStatus> {
    const dropped = () => asked !== interruptions
    return steps(async () => {
      await writes(async () => undefined)
      return dropped() || isOpen() ? status.current() : work(dropped)
    })
  }

  function isOpen(): boolean {
    return session.current() !== null && status.current().state === 'open'
  }

  /** What prevents opening; nothing while operations from before the lock still use the document. */
  function obstacleTo(): VaultStatus | null {
    return session.current() === null ? documents.take() : null
  }

  function begin({ key, openedWith }: Opened, document: VaultDocument): VaultStatus {
    staysLocked = false
    openings += 1
    session.begin(key, document)
    documents.verified(session.need().index.problems().size === 0)
    ports.log.write('info', 'vault opened', { slots: document.slots.length })
    return status.setOpen(openedWith, document)
  }

  async function openNow(dropped: () => boolean): Promise<VaultStatus> {
    const obstacle = obstacleTo()
    if (obstacle !== null) return status.set(obstacle)
    const document = documents.current()
    if (document === null) return makeWithKeychain(dropped)
    const opened = await openByKeychain(document, ports.keychain)
    if (dropped()) {
      if ('key' in opened) opened.key.fill(0)
      return status.current()
    }
    return 'key' in opened ? begin(opened, document) : status.setLocked(opened, document)
  }

  async function makeWithKeychain(dropped: () => boolean): Promise<VaultStatus> {
    const { keychain } = ports
    if (keychain === null)
      return status.set({ state: 'new', why: 'This system offers no keychain that Grantdesk can use.' })
    try {
      const made = await makeVault(ports.clock.now(), (key, vaultId) => makeKeychainSlot(keychain, key, vaultId))
      const label = made.document.slots[0]?.kind === 'keychain' ? made.document.slots[0].label : ''
      return beginNew(made, label, dropped)
    } catch (error) {
      if (error instanceof KeychainError)
        return dropped() ? status.current() : status.set({ state: 'new', why: error.message })
      if (error instanceof Problem) return status.current()
      return status.set(documents.broken(`The vault cannot be written${errorCode(error)}.`, systemRemedy(error)))
    }
  }

  /** Writes the first document and opens it; if that was dropped, overwrites its key. */
  function beginNew({ key, document }: Made, openedWith: string, dropped: () => boolean): VaultStatus {
    try {
      if (!dropped()) documents.write(() => document)
    } catch (error) {
      key.fill(0)
      throw error
    }
    if (!dropped()) return begin({ key, openedWith }, document)
    key.fill(0)
    return status.current()
  }

  async function createNow(passphrase: Secret, dropped: () => boolean): Promise<VaultStatus> {
    const obstacle = documents.take()
    if (obstacle !== null) throw obstacleProblem(status.set(obstacle))
    if (documents.current() !== null) throw vaultExists()
    const { clock, passphraseRounds } = ports
    const makeSlot = (key: Uint8Array) => makePassphraseSlot(passphrase, key, clock.now(), passphraseRounds)
    const made = await makeVault(clock.now(), makeSlot)
    try {
      return beginNew(made, passphraseLabel, dropped)
    } catch (error) {
      throw unwritten(error)
    }
  }

  async function unlockNow(passphrase: Secret, right: () => void, dropped: () => boolean): Promise<VaultStatus> {
    const obstacle = obstacleTo()
    if (obstacle !== null) throw obstacleProblem(status.set(obstacle))
    const document = documents.current()
    if (document === null) throw problem('not_found', 'There is no vault yet.', 'Make one first.')
    if (!document.slots.some((slot) => slot.kind === 'passphrase')) {
      throw problem('not_supported', 'This vault has no passphrase.', 'Open it with its keychain.')
    }
    const opened = await openByPassphrase(document, passphrase)
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
    open: () => step(async (dropped) => (staysLocked ? status.current() : openNow(dropped))),
    retry: () => step(openNow),
    recoverFile: () =>
      steps(async () => {
        // Rereading the file would mistake another host's changes for our own state.
        if (session.current() !== null) throw nothingToRecover('The vault is still being locked.', 'Try again soon.')
        return documents.recover()
      }),
    create: async (passphrase) => {
      checkPassphrase(passphrase)
      if (session.current() !== null) throw vaultExists()
      return step((dropped) => createNow(passphrase, dropped))
    },
    unlock: (passphrase) => {
      const asked = interruptions
      return passphraseTurn.attempt((right) => step((dropped) => unlockNow(passphrase, right, dropped), asked))
    },
    interrupt(locked = staysLocked) {
      const asked = ++interruptions
      const before = openings
      staysLocked = locked
      return () => asked === interruptions && openings === before
    },
  }
}
