// The vault: who may open it, with what, and how it stands. Owns the one document in memory and the order in which it is
// written; refuses to make a key, a slot or a document where one already exists, whatever the keychain answers.
import { shortestPassphrase, type VaultStatus } from '../../contract/vault.ts'
import { KeychainError, type Ports } from '../ports.ts'
import { invalid, Problem, problem } from '../problem.ts'
import type { Records } from '../records.ts'
import type { Secret } from '../secret.ts'
import { inTurn } from '../turns.ts'
import { parseDocument, type VaultDocument } from './document.ts'
import { makeKeychainSlot, makePassphraseSlot, passphraseLabel, viewSlots } from './key-slots.ts'
import {
  makeVault,
  type Opened,
  openByKeychain,
  openByPassphrase,
  passphraseNeeded,
  type StayedLocked,
} from './opening.ts'
import { type Pause, passphraseDelay, pauseForReal } from './passphrase-delay.ts'
import { type SealedRecords, sealedRecords, withChanges } from './sealed-records.ts'
import {
  busyVault,
  errorCode,
  goneFile,
  lockedVault,
  meddledVault,
  meddledWith,
  obstacleProblem,
  unwritten,
  vaultExists,
} from './vault-problems.ts'
import { witnessedDocument } from './witnessed-document.ts'

export interface Vault extends Records {
  status(): VaultStatus
  /** Takes ownership and opens with the keychain when it can; makes a fresh vault at once where a keychain protects it. */
  open(): Promise<VaultStatus>
  /** Makes a vault under a passphrase; throws `conflict` where one exists. */
  create(passphrase: Secret): Promise<VaultStatus>
  /** Throws `wrong_passphrase`; each wrong one in a row makes the next wait longer, 5 s at most. */
  unlock(passphrase: Secret): Promise<VaultStatus>
  /** Looks again: at the owner, the file and the keychain. */
  retry(): Promise<VaultStatus>
  /** Forgets the data key and everything decrypted; writes accepted before still reach the disk. */
  lock(): void
  /** Locks, and gives up ownership once those writes are on disk. */
  close(): Promise<void>
  /** Tells of each new status; the answer ends it. */
  onStatus(listener: (status: VaultStatus) => void): () => void
  /** Eight hexadecimal characters that stand for `secret` in this vault; throws `vault_locked`. */
  pseudonym(secret: string): string
}

type VaultPorts = Pick<Ports, 'document' | 'ownership' | 'keychain' | 'clock' | 'log'>

function unopened(): VaultStatus {
  return { state: 'locked', reason: 'locked_by_hand', why: 'The vault has not been opened yet.', slots: [] }
}

/** The vault of one host; does nothing until it is asked to. */
export function openVault(ports: VaultPorts, { pause = pauseForReal }: { pause?: Pause } = {}): Vault {
  const listeners = new Set<(status: VaultStatus) => void>()
  const file = witnessedDocument(ports.document)
  const steps = inTurn()
  const writes = inTurn()
  let status = unopened()
  let document: VaultDocument | null = null
  let session: SealedRecords | null = null
  let lockedByHand = false
  let wrongPassphrases = 0
  /** Whether this process has seen a document: one that is missing later was taken away, and is not a fresh start. */
  let documentSeen = false
  /** Counts calls of `lock` and `close`: what was asked for before one must not open the vault after it. */
  let epoch = 0

  function become(next: VaultStatus): VaultStatus {
    status = next
    for (const listener of listeners) {
      try {
        listener(next)
      } catch {
        ports.log.write('error', 'a listener to the vault failed', { state: next.state })
      }
    }
    return next
  }

  const broken = (why: string): VaultStatus => ({ state: 'broken', why, file: file.path })

  /** Takes ownership and reads the document; answers what stands in the way, `null` where nothing does. */
  function prepare(): VaultStatus | null {
    document = null
    try {
      const ownership = ports.ownership.take()
      if (!ownership.taken) return { state: 'busy', holder: ownership.holder }
    } catch (error) {
      return broken(`Grantdesk cannot use the vault's folder${errorCode(error)}.`)
    }
    let raw: unknown
    try {
      raw = file.read()
    } catch (error) {
      return broken(`The vault's file cannot be read${errorCode(error)}. It was left as it is.`)
    }
    if (raw === undefined) return documentSeen ? broken('The vault’s file has been taken away.') : null
    documentSeen = true
    const parsed = parseDocument(raw)
    if ('why' in parsed) return broken(parsed.why)
    document = parsed.document
    return null
  }

  /** One step of opening at a time, after every write; dropped when the vault was locked or closed since it was asked for. */
  function step(work: (dropped: () => boolean) => Promise<VaultStatus>): Promise<VaultStatus> {
    const asked = epoch
    const dropped = () => asked !== epoch
    return steps(async () => {
      await writes(async () => undefined)
      return dropped() || session !== null ? status : work(dropped)
    })
  }

  function adopt(opened: Opened, held: VaultDocument): VaultStatus {
    document = held
    lockedByHand = false
    wrongPassphrases = 0
    session = sealedRecords(opened.key, held.vaultId, currentRecords, reportDamaged)
    ports.log.write('info', 'vault opened', { slots: held.slots.length })
    return become({ state: 'open', openedWith: opened.openedWith, slots: viewSlots(held.slots, ports.keychain) })
  }

  function stayLocked({ reason, why }: StayedLocked, held: VaultDocument): VaultStatus {
    return become({ state: 'locked', reason, why, slots: viewSlots(held.slots, ports.keychain) })
  }

  function reportDamaged(name: string): void {
    ports.log.write('error', 'a record in the vault is damaged and was left out', { record: name })
  }

  function currentRecords(): VaultDocument['records'] {
    if (document === null) throw lockedVault()
    return document.records
  }

  function needSession(): SealedRecords {
    if (session === null) throw lockedVault()
    return session
  }

  /** Drops the session now; its key is overwritten once the writes that need it are through. */
  function dropSession(): void {
    const leaving = session
    session = null
    if (leaving !== null) void writes(async () => leaving.forget())
  }

  async function openNow(dropped: () => boolean): Promise<VaultStatus> {
    const obstacle = prepare()
    if (obstacle !== null) return become(obstacle)
    if (document === null) return startWithKeychain(dropped)
    const held: VaultDocument = document
    const opened = await openByKeychain(held, ports.keychain)
    if (dropped()) return status
    return 'key' in opened ? adopt(opened, held) : stayLocked(opened, held)
  }

  async function startWithKeychain(dropped: () => boolean): Promise<VaultStatus> {
    const { keychain } = ports
    if (keychain === null)
      return become({ state: 'new', why: 'This system offers no keychain that Grantdesk can use.' })
    try {
      const made = await makeVault(ports.clock.now(), (key, vaultId) => makeKeychainSlot(keychain, key, vaultId))
      if (dropped()) return status
      writeDocument(made.document)
      const label = made.document.slots[0]?.kind === 'keychain' ? made.document.slots[0].label : ''
      return adopt({ key: made.key, openedWith: label }, made.document)
    } catch (error) {
      if (error instanceof KeychainError) return dropped() ? status : become({ state: 'new', why: error.message })
      if (error instanceof Problem) return status
      return become(broken(`The vault cannot be written${errorCode(error)}.`))
    }
  }

  /** Shuts the vault: what is in memory may not be what it holds any more. Opening it again reads it anew. */
  function shut(next: VaultStatus): void {
    dropSession()
    document = null
    become(next)
  }

  /** On disk when it returns, unless another host has, or may have, used the vault: then nothing is written over it. */
  function writeDocument(next: VaultDocument): void {
    const ownership = ports.ownership.take()
    if (!ownership.taken) {
      shut({ state: 'busy', holder: ownership.holder })
      throw busyVault(ownership.holder)
    }
    const standing = file.standing()
    if (standing === 'gone') throw goneFile(file.path)
    if (standing === 'changed' || ownership.anew) {
      const why = standing === 'changed' ? meddledWith.file : meddledWith.lock
      shut(broken(why))
      throw meddledVault(why)
    }
    file.write(next)
    document = next
    documentSeen = true
  }

  return {
    status: () => status,
    open: () => step(async (dropped) => (lockedByHand ? status : openNow(dropped))),
    retry: () => step(openNow),
    create: async (passphrase) => {
      if ([...passphrase.reveal()].length < shortestPassphrase) {
        throw invalid('passphrase', `A passphrase has at least ${shortestPassphrase} characters.`)
      }
      if (session !== null) throw vaultExists()
      return step(async (dropped) => {
        const obstacle = prepare()
        if (obstacle !== null) throw obstacleProblem(become(obstacle))
        if (document !== null) throw vaultExists()
        const made = await makeVault(ports.clock.now(), (key) => makePassphraseSlot(passphrase, key))
        if (dropped()) return status
        try {
          writeDocument(made.document)
        } catch (error) {
          throw unwritten(error)
        }
        return adopt({ key: made.key, openedWith: passphraseLabel }, made.document)
      })
    },
    unlock: (passphrase) =>
      step(async (dropped) => {
        const obstacle = prepare()
        if (obstacle !== null) throw obstacleProblem(become(obstacle))
        if (document === null) throw problem('not_found', 'There is no vault yet.', 'Make one first.')
        const held: VaultDocument = document
        if (!held.slots.some((slot) => slot.kind === 'passphrase')) {
          throw problem('not_supported', 'This vault has no passphrase.', 'Open it with its keychain.')
        }
        await pause(passphraseDelay(wrongPassphrases))
        const opened = await openByPassphrase(held, passphrase)
        if (dropped()) return status
        if (opened !== null) return adopt(opened, held)
        wrongPassphrases += 1
        if (status.state !== 'locked' || status.slots.length === 0) stayLocked(passphraseNeeded, held)
        throw problem('wrong_passphrase', 'That is not the passphrase of this vault.')
      }),
    lock() {
      epoch += 1
      if (session === null) return
      dropSession()
      lockedByHand = true
      const held = document
      if (held !== null) stayLocked({ reason: 'locked_by_hand', why: 'The vault was locked.' }, held)
    },
    close() {
      epoch += 1
      dropSession()
      lockedByHand = false
      const released = writes(async () => {
        document = null
        ports.ownership.release()
      })
      become(unopened())
      return released
    },
    onStatus(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    read: async (kind, id) => needSession().read(kind, id),
    list: async (kind) => needSession().list(kind),
    async write(changes) {
      const sealing = needSession().seal(changes)
      // It is looked at when its turn comes; until then a failure of it is not an unhandled one.
      sealing.catch(() => undefined)
      await writes(async () => {
        const sealed = await sealing
        if (document === null) throw lockedVault()
        try {
          writeDocument({ ...document, records: withChanges(document.records, sealed) })
        } catch (error) {
          throw unwritten(error)
        }
      })
    },
    pseudonym: (secret) => needSession().pseudonym(secret),
  }
}
