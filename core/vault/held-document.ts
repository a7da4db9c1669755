// The document as this host holds it: whether it may be read and written at all, and what was read or written last.
// Refuses to write where another host has, or may have, used the vault since.
import type { VaultStatus } from '../../contract/vault.ts'
import type { Ports, VaultDocumentFile } from '../ports.ts'
import type { Problem } from '../problem.ts'
import { parseDocument, type VaultDocument } from './document.ts'
import { errorCode, isDiskFailure, systemRemedy } from './system-error.ts'
import {
  busyVault,
  goneFile,
  meddledVault,
  meddledWith,
  nothingToRecover,
  obstacleProblem,
  remedies,
  unwritten,
} from './vault-problems.ts'
import { witnessedDocument } from './witnessed-document.ts'

type Broken = Extract<VaultStatus, { state: 'broken' }>

export interface HeldDocument {
  current(): VaultDocument | null
  /** Takes ownership and reads the document; answers what stands in the way, `null` where nothing does. */
  take(): VaultStatus | null
  /** Throws a Problem after the vault was shut, where another host has, or may have, used it since. */
  ensureOurs(): void
  /** On disk when it returns. Throws the system's error, or what `ensureOurs` throws. */
  write(next: VaultDocument): void
  /**
   * Puts the last good copy in the place of a file that is no vault any more; answers where that file is kept, `null`
   * where there was none. Throws `conflict` where nothing is damaged or no copy is there.
   */
  recover(): string | null
  drop(): void
  broken(why: string, remedy: string): VaultStatus
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

  const broken = (why: string, remedy: string): Broken => ({ state: 'broken', why, remedy, file: file.path })

  /** The same, with the copy that is there offered in its place. */
  function damaged(why: string, remedy = remedies.damaged, withCopy = remedies.replaceable): Broken {
    const found = copyOf(file)
    return found ? { ...broken(why, withCopy), lastGood: { writtenAt: found.writtenAt } } : broken(why, remedy)
  }

  function unreadable(error: unknown): Broken {
    if (errorCode(error) === '') {
      return damaged(
        'The vault’s file is damaged: it was cut short, or something else was written there. It was left as it is.',
      )
    }
    const why = `The vault’s file cannot be read${errorCode(error)}. It was left as it is.`
    return isDiskFailure(error) ? damaged(why, systemRemedy(error)) : broken(why, systemRemedy(error))
  }

  function close(next: VaultStatus): void {
    document = null
    shut(next)
  }

  function take(): VaultStatus | null {
    document = null
    try {
      const ownership = ports.ownership.take()
      if (!ownership.taken) return { state: 'busy', holder: ownership.holder }
    } catch (error) {
      return broken(`Grantdesk cannot use the vault’s folder${errorCode(error)}.`, systemRemedy(error))
    }
    let raw: unknown
    try {
      raw = file.read()
    } catch (error) {
      return unreadable(error)
    }
    if (raw === undefined) return missing()
    seen = true
    const parsed = parseDocument(raw)
    if ('why' in parsed) return parsed.newer ? broken(parsed.why, remedies.newer) : damaged(parsed.why)
    document = parsed.document
    followIfPossible()
    return null
  }

  /** No file: a fresh start, unless there was one. */
  function missing(): VaultStatus | null {
    if (!seen && copyOf(file) === null) return null
    const why = seen ? 'The vault’s file has been taken away.' : 'The vault’s file is not there any more.'
    return damaged(why, remedies.gone, remedies.bringable)
  }

  /** The file was read and understood: its copy may be from before a write that was cut off. */
  function followIfPossible(): void {
    try {
      file.lastGood?.follow()
    } catch {
      // A disk that is full or read-only: the next write says so itself.
    }
  }

  function ensureOurs(): void {
    // Before the lock, which would make a folder where a disk was taken away.
    const standing = file.standing()
    if (standing === 'gone') throw goneFile(file.path)
    const ownership = ports.ownership.take()
    if (!ownership.taken) {
      close({ state: 'busy', holder: ownership.holder })
      throw busyVault(ownership.holder)
    }
    if (standing === 'changed' || ownership.anew) {
      const why = standing === 'changed' ? meddledWith.file : meddledWith.lock
      close(broken(why, remedies.meddled))
      throw meddledVault(why)
    }
  }

  return {
    broken,
    ensureOurs,
    current: () => document,
    take,
    recover() {
      const obstacle = take()
      if (obstacle === null) throw nothingToRecover('The vault’s file is whole.')
      if (obstacle.state !== 'broken') throw obstacleProblem(obstacle)
      if (!obstacle.lastGood || !file.lastGood) throw unusedCopy(obstacle, file)
      try {
        return file.lastGood.use()
      } catch (error) {
        throw unwritten(error)
      }
    },
    write(next) {
      ensureOurs()
      file.write(next)
      document = next
      seen = true
    },
    drop() {
      document = null
    },
  }
}

/** Why the copy, where there is one, does not take the file's place. */
function unusedCopy({ why, remedy }: Broken, { lastGood }: VaultDocumentFile): Problem {
  const found = lastGood?.read()
  if (!found) return nothingToRecover(`There is no good copy of the vault. ${why}`, remedy)
  const copy = parseDocument(found.document)
  if ('document' in copy) {
    return nothingToRecover(`The last good copy is not used, since the file may hold more. ${why}`, remedy)
  }
  if (copy.newer) return nothingToRecover('The last good copy is not used: a newer Grantdesk wrote it.', remedies.newer)
  return nothingToRecover(`There is no good copy of the vault: the one that is there is damaged, too. ${why}`, remedy)
}

/** The copy beside the file, where it is a vault that this Grantdesk understands. */
function copyOf({ lastGood }: VaultDocumentFile): { writtenAt: number } | null {
  const found = lastGood?.read()
  return found && 'document' in parseDocument(found.document) ? { writtenAt: found.writtenAt } : null
}
