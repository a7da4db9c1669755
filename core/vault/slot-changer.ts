// Carries out changes to the key slots: one at a time, written to disk, with the current passphrase if required. Passphrase
// guesses are delayed before they block the vault; nothing is changed while it is locked.
import type { VaultStatus } from '../../contract/vault.ts'
import type { mutex } from '../mutex.ts'
import type { Clock, Log } from '../ports.ts'
import type { Secret } from '../secret.ts'
import type { VaultDocument } from './document.ts'
import type { DocumentStore } from './document-store.ts'
import type { PassphraseThrottle } from './passphrase-delay.ts'
import type { SealedRecords } from './sealed-records.ts'
import type { Session } from './session.ts'
import { hasOutdatedPassphrase, provePresent, renewingPassphrase, type SlotChange } from './slot-changes.ts'
import type { StatusStore } from './status-store.ts'
import { lockedVault, unwritten } from './vault-problems.ts'

export interface SlotChanger {
  /** On disk when it returns. If the change throws, so does this, and nothing has changed. */
  change(change: SlotChange): Promise<VaultStatus>
  /** Throws `wrong_passphrase` if the vault has a passphrase and it is not this one. */
  prove(present: Secret | null): Promise<void>
  /** Derives an outdated passphrase slot again with today's parameters, now that the passphrase is known. */
  renewIfOutdated(passphrase: Secret, document: VaultDocument): void
}

export interface SlotChangerParts {
  documents: DocumentStore
  session: Session
  status: StatusStore
  writes: ReturnType<typeof mutex>
  passphraseThrottle: PassphraseThrottle
  isOpen(): boolean
  /** PBKDF2 iterations for a new passphrase. */
  rounds: number
  clock: Clock
  log: Log
}

export function createSlotChanger(parts: SlotChangerParts): SlotChanger {
  const { documents, session, status, writes, passphraseThrottle, isOpen, rounds, clock, log } = parts

  function needDocument(): VaultDocument {
    const document = documents.current()
    if (document === null) throw lockedVault()
    return document
  }

  /** A locked vault may still be open for running operations; its slots must not be changed then. */
  function needSession(): SealedRecords {
    if (!isOpen()) throw lockedVault()
    return session.need()
  }

  async function change(wanted: SlotChange): Promise<VaultStatus> {
    const current = needSession()
    if (!wanted.triesPassphrase) return changeNow(current, wanted)
    return passphraseThrottle.attempt(async (right) => {
      const changed = await changeNow(current, wanted)
      right()
      return changed
    })
  }

  function changeNow(current: SealedRecords, wanted: SlotChange): Promise<VaultStatus> {
    return writes(async () => {
      const document = needDocument()
      const { vaultId } = document
      const now = clock.now()
      const { slots, afterwards } = await current.lendKey((key) =>
        wanted.make({ slots: document.slots, key, vaultId, now, rounds }),
      )
      try {
        documents.write(() => current.index.sealInto({ ...document, slots }))
        // A removed slot must not open the copy, either.
        documents.updateCopy()
      } catch (error) {
        throw unwritten(error)
      }
      log.write('info', 'vault slots changed', { slots: slots.length })
      await afterwards?.().catch(() => log.write('error', 'the keychain kept the entry of a slot that was removed'))
      // If it was locked meanwhile, it stays locked; the change is on disk.
      const present = status.current()
      return session.current() === current && present.state === 'open'
        ? status.setOpen(present.openedWith, { ...document, slots })
        : present
    })
  }

  return {
    change,
    async prove(present) {
      const current = needSession()
      if (!needDocument().slots.some(({ kind }) => kind === 'passphrase')) return
      await passphraseThrottle.attempt(async (right) => {
        await current.lendKey((key) => provePresent(needDocument().slots, present, key))
        right()
      })
    },
    renewIfOutdated(passphrase, document) {
      if (!hasOutdatedPassphrase(document.slots, rounds)) return
      change(renewingPassphrase(passphrase)).catch(() => {
        log.write('error', 'the passphrase slot could not be renewed')
      })
    },
  }
}
