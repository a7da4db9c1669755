// The document in memory: whether this host may read and write it, and what it last read or wrote. Does not write if another
// host has used the vault since, or may have.
import type { VaultStatus } from '../../contract/vault.ts'
import type { Ports } from '../ports.ts'
import { createCopyUpdates, type Later } from './copy-updates.ts'
import { parseDocument, type VaultDocument } from './document.ts'
import { documentProblems } from './document-problems.ts'
import { errorCode, systemRemedy } from './system-error.ts'
import {
  busyVault,
  changedOutside,
  changedOutsideProblem,
  goneFile,
  nothingToRecover,
  obstacleProblem,
  remedies,
  unwritten,
} from './vault-problems.ts'
import { watchFile } from './watched-file.ts'

export interface DocumentStore {
  current(): VaultDocument | null
  /** Takes ownership and reads the document. Returns what prevents that, or `null`. */
  take(): VaultStatus | null
  /** Throws a Problem and shuts the vault if another host has used it since it was taken, or may have. */
  ensureOurs(): void
  /** On disk when it returns. Calls `make` once nothing prevents writing. Throws the system's error, or what `ensureOurs` throws. */
  write(make: () => VaultDocument): void
  /**
   * Replaces a file that is no longer a vault with the last good copy; returns where the old file is kept, `null` if there was
   * none. Throws `conflict` if nothing is damaged or there is no copy.
   */
  recover(): string | null
  /** Whether every record of the document is known to be whole; if not, the copy is not updated. */
  verified(isWhole: boolean): void
  /** The last good copy, if this Grantdesk understands it. */
  copy(): VaultDocument | null
  /** Duplicates the file as it is now; returns where. Throws the system's error. */
  setAside(): string | null
  /** Updates the copy to the file; if that fails, it stays as it is. */
  updateCopy(): void
  drop(): void
  broken(why: string, remedy: string): VaultStatus
}

/**
 * Calls `shut` with the vault's status when the document in memory may no longer be what the vault holds, and `onExposed` with the
 * files that other users had access to until now.
 */
export function documentStore(
  ports: Pick<Ports, 'document' | 'ownership'>,
  shut: (next: VaultStatus) => void,
  { later, onExposed }: { later?: Later; onExposed?: (paths: string[]) => void } = {},
): DocumentStore {
  const { lastGood, path } = ports.document
  const file = watchFile(ports.document, onExposed)
  const problems = documentProblems(ports.document)
  const copyUpdates = createCopyUpdates(() => {
    if (document !== null && file.holds(document)) lastGood?.follow()
  }, later)
  let document: VaultDocument | null = null
  /** Whether this process has seen a document: one that is missing later was taken away, and is not a fresh start. */
  let seen = false

  function takeOwnership(): VaultStatus | null {
    try {
      const ownership = ports.ownership.take()
      return ownership.taken ? null : { state: 'busy', holder: ownership.holder }
    } catch (error) {
      return problems.broken(`Grantdesk cannot use the vault’s folder${errorCode(error)}.`, systemRemedy(error))
    }
  }

  function take(): VaultStatus | null {
    document = null
    copyUpdates.verified(false)
    // Before the lock, which closes the folder, too.
    file.closeToOthers()
    const obstacle = takeOwnership()
    if (obstacle !== null) return obstacle
    let raw: unknown
    try {
      raw = file.read()
    } catch (error) {
      return problems.unreadable(error)
    }
    if (raw === undefined) return problems.missing(seen)
    seen = true
    const parsed = parseDocument(raw)
    if ('why' in parsed) return problems.invalid(parsed)
    document = parsed.document
    return null
  }

  function shutWith(next: VaultStatus): void {
    document = null
    shut(next)
  }

  function ensureOurs(): void {
    file.closeToOthers()
    // Checked before the lock, which would make a folder where a disk was taken away.
    const isUnchanged = file.holds(document)
    if (!isUnchanged && file.isMissing()) throw goneFile(path)
    const ownership = ports.ownership.take()
    if (!ownership.taken) {
      shutWith({ state: 'busy', holder: ownership.holder })
      throw busyVault(ownership.holder)
    }
    if (!isUnchanged || ownership.anew) {
      const why = isUnchanged ? changedOutside.lock : changedOutside.file
      shutWith(problems.broken(why, remedies.changedOutside))
      throw changedOutsideProblem(why)
    }
  }

  return {
    broken: problems.broken,
    current: () => document,
    verified: copyUpdates.verified,
    take,
    ensureOurs,
    updateCopy: copyUpdates.updateNow,
    copy: problems.copy,
    setAside: () => lastGood?.setAside() ?? null,
    recover() {
      const obstacle = take()
      if (obstacle === null) {
        throw nothingToRecover(
          'The vault’s file can be read.',
          'Unlock it: what in it is damaged is told, and recovered, then.',
        )
      }
      if (obstacle.state !== 'broken') throw obstacleProblem(obstacle)
      if (!obstacle.lastGood || !lastGood) throw problems.unusedCopy(obstacle)
      try {
        return lastGood.use()
      } catch (error) {
        throw unwritten(error)
      }
    },
    write(make) {
      ensureOurs()
      const next = make()
      file.write(next, copyUpdates.isVerified() || file.wasMissing() ? 'becomes_copy' : 'is_dropped')
      document = next
      seen = true
    },
    drop() {
      document = null
    },
  }
}
