// The vault: combines the parts for its records, opening, key slots and status, and locks and closes all of them.
import type { VaultStatus } from '../../contract/vault.ts'
import { mutex } from '../mutex.ts'
import type { Ports } from '../ports.ts'
import type { ApartRecords, NamedRecords } from '../records.ts'
import type { LineCipher } from '../sealed-log/line-cipher.ts'
import type { Secret } from '../secret.ts'
import type { VaultDocument } from './document.ts'
import { documentStore } from './document-store.ts'
import { createExposedFiles, type ExposedFiles } from './exposed-files.ts'
import { createOpener } from './opener.ts'
import type { LockCause } from './opening.ts'
import { createPassphraseThrottle, type Pause, pauseForReal } from './passphrase-delay.ts'
import { createRecordWriter } from './record-writer.ts'
import { createSession } from './session.ts'
import { createSlotChanger } from './slot-changer.ts'
import type { SlotChange } from './slot-changes.ts'
import { createStatusStore, unopened } from './status-store.ts'
import { createDamage, type Damage, type Recovered } from './vault-damage.ts'
import { lockedVault } from './vault-problems.ts'

/** The time between a lock and the moment when the keys are overwritten, while running operations finish. */
export interface LockInProgress {
  /** Whether it was neither opened nor locked again since. */
  stillLocked(): boolean
  /** Whether running operations can still store something; `false` if the vault was shut for another reason meanwhile. */
  mayWrite(): boolean
}

export interface Vault extends NamedRecords, ApartRecords, Damage {
  status(): VaultStatus
  /** Takes ownership and opens the vault with the keychain if possible; creates a new vault if a keychain can protect it. */
  open(): Promise<VaultStatus>
  /** Creates a vault with a passphrase; throws `conflict` if one exists. */
  create(passphrase: Secret): Promise<VaultStatus>
  /** Throws `wrong_passphrase`; the delay grows with each wrong one in a row, up to 5 s. */
  unlock(passphrase: Secret): Promise<VaultStatus>
  /** Checks the owner, the file and the keychain again. */
  retry(): Promise<VaultStatus>
  /**
   * If the vault is locked, replaces a damaged file with the last good copy, and does not open it. If it is open, restores the
   * damaged records from the copy and keeps all others. Throws `conflict` if nothing is damaged.
   */
  recover(): Promise<Recovered>
  /** Changes the key slots; on disk when it returns. Throws `vault_locked`, and what the change throws; then nothing has changed. */
  changeSlots(change: SlotChange): Promise<VaultStatus>
  /** Throws `wrong_passphrase` if the vault has a passphrase and it is not this one; wrong ones delay the next. */
  prove(present: Secret | null): Promise<void>
  /**
   * Locks the vault for all callers at once. `finish` may still read and write; when it has returned, the data key is overwritten
   * and everything decrypted is dropped, unless the vault was opened again meanwhile.
   */
  lock(cause?: LockCause, finish?: (lock: LockInProgress) => Promise<void>): Promise<void>
  /** Locks, and releases ownership once all writes are on disk. */
  close(): Promise<void>
  /** Calls the listener with each new status; returns a function that unsubscribes. */
  onStatus(listener: (status: VaultStatus) => void): () => void
  /** A pseudonym of eight hexadecimal characters for `secret` in this vault; throws `vault_locked`. */
  pseudonym(secret: string): string
  /** Encrypts and decrypts the lines of logs; throws `vault_locked`. */
  lines(): LineCipher
  /** Files that other users of this machine had access to. */
  readonly exposed: ExposedFiles
  /** Throws and shuts the vault if another host has used it since it was opened, or may have. */
  ensureOurs(): void
}

type VaultPorts = Pick<Ports, 'document' | 'ownership' | 'keychain' | 'clock' | 'log' | 'passphraseRounds'>

const byHand: LockCause = { reason: 'locked_by_hand', why: 'The vault was locked.' }

/** The vault of one host. Does nothing until a method is called. */
export function openVault(ports: VaultPorts, { pause = pauseForReal }: { pause?: Pause } = {}): Vault {
  const { clock, log } = ports
  const status = createStatusStore(ports)
  const exposed = createExposedFiles(log)
  const documents = documentStore(
    ports,
    (next) => {
      void session.drop()
      status.set(next)
    },
    { onExposed: exposed.add },
  )
  const writes = mutex()
  const session = createSession(
    () => needDocument().records,
    documents.copy,
    writes,
    log,
    () => damage.foundUnreadable(),
  )
  const passphraseThrottle = createPassphraseThrottle(clock, pause)
  const isOpen = () => opener.isOpen()
  const rounds = ports.passphraseRounds
  const slotChanger = createSlotChanger({
    documents,
    session,
    status,
    writes,
    passphraseThrottle,
    isOpen,
    rounds,
    clock,
    log,
  })
  const onUnlocked = slotChanger.renewIfOutdated
  const opener = createOpener({ ports, documents, session, status, writes, passphraseThrottle, onUnlocked })
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
      if (!isOpen()) return { keptAs: await opener.recoverFile(), recovered: [], unrecoverable: [] }
      return damage.recoverRecords()
    },
    damageOf: damage.damageOf,
    damaged: damage.damaged,
    removeDamaged: damage.removeDamaged,
    onDamage: damage.onDamage,
    exposed,
    create: opener.create,
    unlock: opener.unlock,
    async lock(cause = byHand, finish) {
      const leaving = session.current()
      const stillLocked = opener.interrupt(leaving === null ? undefined : true)
      if (leaving === null) return session.drop()
      const document = documents.current()
      const dropped = finish === undefined ? session.drop() : null
      if (document !== null) status.setLocked(cause, document)
      const mayWrite = () => stillLocked() && session.current() === leaving
      await finish?.({ stillLocked, mayWrite })
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
      await damage.notifyAfter(records.index, () => writer.write(records.seal(changes), records.index))
    },
    pseudonym: (secret) => session.need().pseudonym(secret),
    lines: () => session.need().lines,
    ensureOurs() {
      session.need()
      documents.ensureOurs()
    },
  }
}
