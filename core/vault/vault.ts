// The vault: who may open it, with what, and how it stands. Owns the one document in memory and the order in which it is
// written; refuses to make a key, a slot or a document where one already exists, whatever the keychain answers.
import type { VaultStatus } from '../../contract/vault.ts'
import { mutex } from '../mutex.ts'
import { KeychainError, type Ports } from '../ports.ts'
import { Problem, problem } from '../problem.ts'
import type { ApartRecords, NamedRecords } from '../records.ts'
import type { LineCipher } from '../sealed-log/line-cipher.ts'
import type { Secret } from '../secret.ts'
import type { VaultDocument } from './document.ts'
import { heldDocument } from './held-document.ts'
import { makeKeychainSlot, makePassphraseSlot, passphraseLabel } from './key-slots.ts'
import {
  type Made,
  makeVault,
  type Opened,
  openByKeychain,
  openByPassphrase,
  passphraseNeeded,
  type StayedLocked,
} from './opening.ts'
import { checkPassphrase } from './passphrase.ts'
import { createPassphraseTurn, type Pause, pauseForReal } from './passphrase-delay.ts'
import { withChanges } from './sealed-records.ts'
import { createSession } from './session.ts'
import { createSlotChanger } from './slot-changer.ts'
import type { SlotChange } from './slot-changes.ts'
import { createStanding, unopened } from './standing.ts'
import { errorCode, systemRemedy } from './system-error.ts'
import { lockedVault, nothingToRecover, obstacleProblem, unwritten, vaultExists } from './vault-problems.ts'

/** The time between a lock and the moment when the keys are gone. */
export interface Leaving {
  /** Nobody opened it since, and no later lock waits in its place. */
  stillLocked(): boolean
  /** What is under way can still be stored: not where the vault was shut for another reason meanwhile. */
  mayWrite(): boolean
}

export interface Vault extends NamedRecords, ApartRecords {
  status(): VaultStatus
  /** Takes ownership and opens with the keychain when it can; makes a fresh vault at once where a keychain protects it. */
  open(): Promise<VaultStatus>
  /** Makes a vault under a passphrase; throws `conflict` where one exists. */
  create(passphrase: Secret): Promise<VaultStatus>
  /** Throws `wrong_passphrase`; each wrong one in a row makes the next wait longer, 5 s at most. */
  unlock(passphrase: Secret): Promise<VaultStatus>
  /** Looks again: at the owner, the file and the keychain. */
  retry(): Promise<VaultStatus>
  /**
   * Puts the last good copy in the place of a damaged file; answers where that one is kept, `null` where there was none.
   * Opens nothing.
   */
  recover(): Promise<string | null>
  /**
   * Changes the ways to open it; on disk when it returns. Throws `vault_locked`, and what the change throws: then
   * everything is as it was.
   */
  changeSlots(change: SlotChange): Promise<VaultStatus>
  /** Throws `wrong_passphrase` where the vault has a passphrase and this is not it; wrong ones make the next wait. */
  prove(present: Secret | null): Promise<void>
  /**
   * Locked for everybody at once. What is `underWay` may still read and write; when it has ended, the data key and everything
   * decrypted is forgotten, and so it is when this returns, unless the vault was opened again meanwhile.
   */
  lock(cause?: StayedLocked, underWay?: (leaving: Leaving) => Promise<void>): Promise<void>
  /** Locks, and gives up ownership once those writes are on disk. */
  close(): Promise<void>
  /** Tells of each new status; the answer ends it. */
  onStatus(listener: (status: VaultStatus) => void): () => void
  /** Eight hexadecimal characters that stand for `secret` in this vault; throws `vault_locked`. */
  pseudonym(secret: string): string
  /** Seals and opens the lines of logs; throws `vault_locked`. */
  lines(): LineCipher
  /** Throws where another host has, or may have, used the vault since it was opened; it is shut then. */
  ensureOurs(): void
}

type VaultPorts = Pick<Ports, 'document' | 'ownership' | 'keychain' | 'clock' | 'log'>

const byHand: StayedLocked = { reason: 'locked_by_hand', why: 'The vault was locked.' }

/** The vault of one host; does nothing until it is asked to. */
export function openVault(ports: VaultPorts, { pause = pauseForReal }: { pause?: Pause } = {}): Vault {
  const standing = createStanding(ports)
  const { become, becomeOpen, stayLocked } = standing
  const held = heldDocument(ports, (next) => {
    void session.drop()
    become(next)
  })
  const steps = mutex()
  const writes = mutex()
  const session = createSession(() => needDocument().records, writes, ports.log)
  let lockedByHand = false
  const passphraseTurn = createPassphraseTurn(ports.clock, pause)
  const { clock, log } = ports
  const slotChanger = createSlotChanger({ held, session, standing, writes, passphraseTurn, isOpen, clock, log })
  /** Counts calls of `lock` and `close`: what was asked for before one must not open the vault after it. */
  let epoch = 0
  /** Counts how often it was opened. */
  let openings = 0

  /** One step of opening at a time, after every write; dropped when the vault was locked or closed since it was asked for. */
  function step(work: (dropped: () => boolean) => Promise<VaultStatus>, asked = epoch): Promise<VaultStatus> {
    const dropped = () => asked !== epoch
    return steps(async () => {
      await writes(async () => undefined)
      return dropped() || isOpen() ? standing.now() : work(dropped)
    })
  }

  function isOpen(): boolean {
    return session.current() !== null && standing.now().state === 'open'
  }

  /** What stands in the way of opening; nothing does while what was under way at the lock still holds the document. */
  function obstacleTo(): VaultStatus | null {
    return session.current() === null ? held.take() : null
  }

  function adopt(opened: Opened, document: VaultDocument): VaultStatus {
    lockedByHand = false
    openings += 1
    session.begin(opened.key, document.vaultId)
    ports.log.write('info', 'vault opened', { slots: document.slots.length })
    return becomeOpen(opened.openedWith, document)
  }

  function needDocument(): VaultDocument {
    const document = held.current()
    if (document === null) throw lockedVault()
    return document
  }

  async function openNow(dropped: () => boolean): Promise<VaultStatus> {
    const obstacle = obstacleTo()
    if (obstacle !== null) return become(obstacle)
    const document = held.current()
    if (document === null) return startWithKeychain(dropped)
    const opened = await openByKeychain(document, ports.keychain)
    if (dropped()) {
      if ('key' in opened) opened.key.fill(0)
      return standing.now()
    }
    return 'key' in opened ? adopt(opened, document) : stayLocked(opened, document)
  }

  async function startWithKeychain(dropped: () => boolean): Promise<VaultStatus> {
    const { keychain } = ports
    if (keychain === null)
      return become({ state: 'new', why: 'This system offers no keychain that Grantdesk can use.' })
    try {
      const made = await makeVault(ports.clock.now(), (key, vaultId) => makeKeychainSlot(keychain, key, vaultId))
      const label = made.document.slots[0]?.kind === 'keychain' ? made.document.slots[0].label : ''
      return begin(made, label, dropped)
    } catch (error) {
      if (error instanceof KeychainError)
        return dropped() ? standing.now() : become({ state: 'new', why: error.message })
      if (error instanceof Problem) return standing.now()
      return become(held.broken(`The vault cannot be written${errorCode(error)}.`, systemRemedy(error)))
    }
  }

  /** The first document goes to disk and is open from then on; where that is not to be, its key is overwritten. */
  function begin({ key, document }: Made, openedWith: string, dropped: () => boolean): VaultStatus {
    try {
      if (!dropped()) held.write(document)
    } catch (error) {
      key.fill(0)
      throw error
    }
    if (!dropped()) return adopt({ key, openedWith }, document)
    key.fill(0)
    return standing.now()
  }

  async function unlockNow(passphrase: Secret, right: () => void, dropped: () => boolean): Promise<VaultStatus> {
    const obstacle = obstacleTo()
    if (obstacle !== null) throw obstacleProblem(become(obstacle))
    const document = held.current()
    if (document === null) throw problem('not_found', 'There is no vault yet.', 'Make one first.')
    if (!document.slots.some((slot) => slot.kind === 'passphrase')) {
      throw problem('not_supported', 'This vault has no passphrase.', 'Open it with its keychain.')
    }
    const opened = await openByPassphrase(document, passphrase)
    if (opened === null) {
      const status = standing.now()
      const unshown = status.state !== 'locked' || status.slots.length === 0
      if (unshown && !dropped()) stayLocked(passphraseNeeded, document)
      throw problem('wrong_passphrase', 'That is not the passphrase of this vault.')
    }
    right()
    if (dropped()) {
      opened.key.fill(0)
      return standing.now()
    }
    const adopted = adopt(opened, document)
    slotChanger.renewInTime(passphrase, document)
    return adopted
  }

  return {
    status: standing.now,
    changeSlots: slotChanger.change,
    prove: slotChanger.prove,
    open: () => step(async (dropped) => (lockedByHand ? standing.now() : openNow(dropped))),
    retry: () => step(openNow),
    recover: () =>
      steps(async () => {
        if (isOpen()) throw nothingToRecover('The vault is open.')
        // Reading the file anew would take what another host stored for what this one knows.
        if (session.current() !== null) throw nothingToRecover('The vault is still being locked.', 'Try again soon.')
        return held.recover()
      }),
    create: async (passphrase) => {
      checkPassphrase(passphrase)
      if (session.current() !== null) throw vaultExists()
      return step(async (dropped) => {
        const obstacle = held.take()
        if (obstacle !== null) throw obstacleProblem(become(obstacle))
        if (held.current() !== null) throw vaultExists()
        const made = await makeVault(ports.clock.now(), (key) => makePassphraseSlot(passphrase, key, ports.clock.now()))
        try {
          return begin(made, passphraseLabel, dropped)
        } catch (error) {
          throw unwritten(error)
        }
      })
    },
    unlock: (passphrase) => {
      const asked = epoch
      return passphraseTurn.attempt((right) => step((dropped) => unlockNow(passphrase, right, dropped), asked))
    },
    async lock(cause = byHand, underWay) {
      const asked = ++epoch
      const leaving = session.current()
      if (leaving === null) return session.drop()
      lockedByHand = true
      const document = held.current()
      const dropped = underWay === undefined ? session.drop() : null
      if (document !== null) stayLocked(cause, document)
      const before = openings
      const stillLocked = () => asked === epoch && openings === before
      const mayWrite = () => stillLocked() && session.current() === leaving
      await underWay?.({ stillLocked, mayWrite })
      await (stillLocked() ? session.drop() : dropped)
    },
    close() {
      epoch += 1
      void session.drop()
      lockedByHand = false
      const released = writes(async () => {
        held.drop()
        ports.ownership.release()
      })
      become(unopened())
      return released
    },
    onStatus: standing.onStatus,
    read: async (kind, id) => session.need().read(kind, id),
    list: async (kind) => session.need().list(kind),
    ids: async (kind) => session.need().ids(kind),
    sealApart: async (kind, id, value) => session.need().sealApart(kind, id, value),
    openApart: async (kind, id, jwe) => session.need().openApart(kind, id, jwe),
    async write(changes) {
      const sealing = session.need().seal(changes)
      // It is looked at when its turn comes; until then a failure of it is not an unhandled one.
      sealing.catch(() => undefined)
      await writes(async () => {
        const sealed = await sealing
        const document = needDocument()
        try {
          held.write({ ...document, records: withChanges(document.records, sealed) })
        } catch (error) {
          throw unwritten(error)
        }
      })
    },
    pseudonym: (secret) => session.need().pseudonym(secret),
    lines: () => session.need().lines,
    ensureOurs() {
      session.need()
      held.ensureOurs()
    },
  }
}
