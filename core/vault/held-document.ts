// The document as this host holds it: whether it may be read and written at all, and what was read or written last.
// Refuses to write where another host has, or may have, used the vault since.
import type { VaultStatus } from '../../contract/vault.ts'
import type { Ports } from '../ports.ts'
import { parseDocument, type VaultDocument } from './document.ts'
import { busyVault, errorCode, goneFile, meddledVault, meddledWith } from './vault-problems.ts'
import { witnessedDocument } from './witnessed-document.ts'

export interface HeldDocument {
  current(): VaultDocument | null
  /** Takes ownership and reads the document; answers what stands in the way, `null` where nothing does. */
  take(): VaultStatus | null
  /** On disk when it returns. Throws the system's error, or a Problem after the vault was shut. */
  write(next: VaultDocument): void
  drop(): void
  broken(why: string): VaultStatus
}

/** `shut` is told how the vault stands where what is in memory may not be what it holds any more. */
export function heldDocument(
  ports: Pick<Ports, 'document' | 'ownership'>,
  shut: (next: VaultStatus) => void,
): HeldDocument {
  const file = witnessedDocument(ports.document)
  let document: VaultDocument | null = null
  /** Whether this process has seen a document: one that is missing later was taken away, and is not a fresh start. */
  let seen = false

  const broken = (why: string): VaultStatus => ({ state: 'broken', why, file: file.path })

  function close(next: VaultStatus): void {
    document = null
    shut(next)
  }

  return {
    broken,
    current: () => document,
    take() {
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
      if (raw === undefined) return seen ? broken('The vault’s file has been taken away.') : null
      seen = true
      const parsed = parseDocument(raw)
      if ('why' in parsed) return broken(parsed.why)
      document = parsed.document
      return null
    },
    write(next) {
      const ownership = ports.ownership.take()
      if (!ownership.taken) {
        close({ state: 'busy', holder: ownership.holder })
        throw busyVault(ownership.holder)
      }
      const standing = file.standing()
      if (standing === 'gone') throw goneFile(file.path)
      if (standing === 'changed' || ownership.anew) {
        const why = standing === 'changed' ? meddledWith.file : meddledWith.lock
        close(broken(why))
        throw meddledVault(why)
      }
      file.write(next)
      document = next
      seen = true
    },
    drop() {
      document = null
    },
  }
}
