// The vault: combines the parts for its records, opening, key slots and status, and locks and closes all of them.
import type { VaultStatus } from '../../contract/vault.ts'
import { mutex } from '../mutex.ts'
import type { Ports } from '../ports.ts'
import type { ApartRecords, NamedRecords } from '../records.ts'
import type { LineCipher } from '../sealed-log/line-cipher.ts'
import type { Secret } from '../secret.ts'
import type { VaultDocument } from './document.ts'
import { documentStore } from './document-store.ts'
import { createOpener } from './opener.ts'
import type { LockCause } from './opening.ts'
import { createPassphraseTurn, type Pause, pauseForReal } from './passphrase-delay.ts'
import { createRecordWriter } from './record-writer.ts'
import { createSession } from './session.ts'
import { createSlotChanger } from './slot-changer.ts'
import type { SlotChange } from './slot-changes.ts'
import { createStatusStore, unopened } from './status-store.ts'
import { createDamage, type Damage, type Recovered } from './vault-damage.ts'
import { lockedVault } from './vault-problems.ts'

/** The time between a lock and the moment when the keys are gone. */
export interface Leaving {
  /** Nobody opened it since, and no later lock waits in its place. */
  stillLocked(): boolean
  /** What is under way can still be stored: not where the vault was shut for another reason meanwhile. */
  mayWrite(): boolean
}

export interface Vault extends NamedRecords, ApartRecords, Damage {
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
   * Locked: puts the last good copy in the place of a damaged file, and opens nothing. Open: takes the damaged records from
   * the copy and leaves all others as they are. Throws `conflict` where nothing is damaged.
   */
  recover(): Promise<Recovered>
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
  lock(cause?: LockCause, underWay?: (leaving: Leaving) => Promise<void>): Promise<void>
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

type VaultPorts = Pick<Ports, 'document' | 'ownership' | 'keychain' | 'clock' | 'log' | 'passphraseRounds'>

const byHand: LockCause = { reason: 'locked_by_hand', why: 'The vault was locked.' }

/** The vault of one host; does nothing until it is asked to. */
export function openVault(ports: VaultPorts, { pause = pauseForReal }: { pause?: Pause } = {}): Vault {
  const { clock, log } = ports
  const status = createStatusStore(ports)
  const documents = documentStore(ports, (next) => {
    void session.drop()
    status.set(next)
  })
  const writes = mutex()
  const session = createSession(() => needDocument().records, documents.copy, writes, log)
  const passphraseTurn = createPassphraseTurn(clock, pause)
  const isOpen = () => opener.isOpen()
  const rounds = ports.passphraseRounds
  const slotChanger = createSlotChanger({
    documents,
    session,
    status,
    writes,
    passphraseTurn,
    isOpen,
    rounds,
    clock,
    log,
  })
  const onUnlocked = slotChanger.renewInTime
  const opener = createOpener({ ports, documents, session, status, writes, passphraseTurn, onUnlocked })
  const writer = createRecordWriter(documents, needDocument, writes)

  const damage = createDamage({ session, documents, status, writer, clock, needDocument })

  function needDocument(): VaultDocument {
    const document = documents.current()
    if (document === null) throw lockedVault()
    return document
  }

  return {
    status: status.current,
    changeSlots: slotChanger.change,
    prove: slotChanger.prove,
    open: opener.open,
    retry: opener.retry,
    async recover() {
      if (!isOpen()) return { keptAs: await opener.recoverFile(), mended: [], left: [] }
      return damage.recoverRecords()
    },
    damageOf: damage.damageOf,
    damaged: damage.damaged,
    removeDamaged: damage.removeDamaged,
    onDamage: damage.onDamage,
    create: opener.create,
    unlock: opener.unlock,
    async lock(cause = byHand, underWay) {
      const leaving = session.current()
      const stillLocked = opener.interrupt(leaving === null ? undefined : true)
      if (leaving === null) return session.drop()
      const document = documents.current()
      const dropped = underWay === undefined ? session.drop() : null
      if (document !== null) status.setLocked(cause, document)
      const mayWrite = () => stillLocked() && session.current() === leaving
      await underWay?.({ stillLocked, mayWrite })
      await (stillLocked() ? session.drop() : dropped)
      await writes(async () => documents.updateCopy())
    },
    close() {
      opener.interrupt(false)
      void session.drop()
      const released = writes(async () => {
        documents.updateCopy()
        documents.drop()
        ports.ownership.release()
      })
      status.set(unopened())
      return released
    },
    onStatus: status.subscribe,
    read: async (kind, id) => session.need().read(kind, id),
    list: async (kind) => session.need().list(kind),
    ids: async (kind) => session.need().ids(kind),
    sealApart: async (kind, id, value) => session.need().sealApart(kind, id, value),
    openApart: async (kind, id, jwe) => session.need().openApart(kind, id, jwe),
    async write(changes) {
      const records = session.need()
      await damage.telling(records.index, () => writer.write(records.seal(changes), records.index))
    },
    pseudonym: (secret) => session.need().pseudonym(secret),
    lines: () => session.need().lines,
    ensureOurs() {
      session.need()
      documents.ensureOurs()
    },
  }
}
