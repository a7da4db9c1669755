// The document as this host holds it: whether it may be read and written at all, and what was read or written last.
// Refuses to write where another host has, or may have, used the vault since.
import { isDeepStrictEqual } from 'node:util'
import type { VaultStatus } from '../../contract/vault.ts'
import type { LastGoodCopy, Ports } from '../ports.ts'
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

type Broken = Extract<VaultStatus, { state: 'broken' }>

export interface DocumentStore {
  current(): VaultDocument | null
  /** Takes ownership and reads the document; answers what stands in the way, `null` where nothing does. */
  take(): VaultStatus | null
  /** Throws a Problem, and has shut the vault, where another host has, or may have, used it since it was taken. */
  ensureOurs(): void
  /** On disk when it returns; `make` is asked once nothing stands in the way. Throws the system's error, or what `ensureOurs` throws. */
  write(make: () => VaultDocument): void
  /**
   * Puts the last good copy in the place of a file that is no vault any more; answers where that file is kept, `null`
   * where there was none. Throws `conflict` where nothing is damaged or no copy is there.
   */
  recover(): string | null
  /** Whether each record of the document is known to be whole: until then, and where one is not, the copy stays what it is. */
  verified(isWhole: boolean): void
  /** The last good copy, where there is one that this Grantdesk understands. */
  copy(): VaultDocument | null
  /** Lets the copy catch up with the file; where that cannot be done it stays as it is. */
  updateCopy(): void
  drop(): void
  broken(why: string, remedy: string): VaultStatus
}

/** Runs something after so many milliseconds, unless the answer is called before; holds no process that wants to end. */
export type Later = (ms: number, work: () => void) => () => void

const realLater: Later = (ms, work) => {
  const timer = setTimeout(work, ms)
  timer.unref()
  return () => clearTimeout(timer)
}

/** How long nothing is to be written before the copy catches up (ms): it is not in the way of a burst of writes. */
const quiet = 1_000

/** A file that changes at each of so many looks is changed by somebody else all the time. */
const mostReads = 3

/** `shut` is told the vault's status where what is in memory may not be what it holds any more. */
export function documentStore(
  ports: Pick<Ports, 'document' | 'ownership'>,
  shut: (next: VaultStatus) => void,
  later: Later = realLater,
): DocumentStore {
  const file = ports.document
  const { lastGood } = file
  let document: VaultDocument | null = null
  /** The file as it was when it was last read or written here: whoever wrote over it may have left no lock behind. */
  let mark: string | null = null
  let isVerified = false
  let cancelCopying = () => {}
  /** Whether this process has seen a document: one that is missing later was taken away, and is not a fresh start. */
  let seen = false

  const broken = (why: string, remedy: string): Broken => ({ state: 'broken', why, remedy, file: file.path })

  /** The same, with the copy that is there offered in its place. */
  function damaged(why: string, remedy = remedies.damaged, withCopy = remedies.replaceable): Broken {
    const found = usableCopy(lastGood)
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

  /** What the file holds, and its mark at that moment. */
  function read(): unknown {
    for (let reads = 1; ; reads += 1) {
      mark = file.mark()
      const raw = file.read()
      if (file.mark() === mark || reads === mostReads) return raw
    }
  }

  function markAgain(): void {
    try {
      mark = file.mark()
    } catch {
      // It cannot be looked at now: the next write looks again, and finds it changed.
    }
  }

  function take(): VaultStatus | null {
    document = null
    isVerified = false
    try {
      const ownership = ports.ownership.take()
      if (!ownership.taken) return { state: 'busy', holder: ownership.holder }
    } catch (error) {
      return broken(`Grantdesk cannot use the vault’s folder${errorCode(error)}.`, systemRemedy(error))
    }
    let raw: unknown
    try {
      raw = read()
    } catch (error) {
      return unreadable(error)
    }
    if (raw === undefined) return missing()
    seen = true
    const parsed = parseDocument(raw)
    if ('why' in parsed) return parsed.newer ? broken(parsed.why, remedies.newer) : damaged(parsed.why)
    document = parsed.document
    return null
  }

  /** No file: a fresh start, unless there was one. */
  function missing(): VaultStatus | null {
    if (!seen && usableCopy(lastGood) === null) return null
    const why = seen ? 'The vault’s file has been taken away.' : 'The vault’s file is not there any more.'
    return damaged(why, remedies.gone, remedies.bringable)
  }

  function updateCopy(): void {
    cancelCopying()
    try {
      if (document !== null && isVerified && isUnchanged()) lastGood?.follow()
    } catch {
      // A disk that is full or read-only: the next write says so itself.
    }
  }

  /** Whether the file still holds the document: one that was moved away and back, or copied, has another mark. */
  function isUnchanged(): boolean {
    const now = file.mark()
    if (now === mark) return true
    if (now === null || document === null) return false
    try {
      if (!isDeepStrictEqual(plain(file.read()), plain(document))) return false
    } catch (error) {
      if (errorCode(error) !== '') throw error
      return false
    }
    mark = now
    return true
  }

  function ensureOurs(): void {
    // Before the lock, which would make a folder where a disk was taken away.
    const unchanged = isUnchanged()
    if (!unchanged && file.mark() === null) throw goneFile(file.path)
    const ownership = ports.ownership.take()
    if (!ownership.taken) {
      close({ state: 'busy', holder: ownership.holder })
      throw busyVault(ownership.holder)
    }
    if (!unchanged || ownership.anew) {
      const why = unchanged ? meddledWith.lock : meddledWith.file
      close(broken(why, remedies.meddled))
      throw meddledVault(why)
    }
  }

  return {
    broken,
    current: () => document,
    verified(isWhole) {
      isVerified = isWhole
      cancelCopying()
      if (isWhole) cancelCopying = later(quiet, updateCopy)
    },
    take,
    ensureOurs,
    updateCopy,
    copy: () => usableCopy(lastGood)?.document ?? null,
    recover() {
      const obstacle = take()
      if (obstacle === null) {
        throw nothingToRecover(
          'The vault’s file can be read.',
          'Unlock it: what in it is damaged is told, and recovered, then.',
        )
      }
      if (obstacle.state !== 'broken') throw obstacleProblem(obstacle)
      if (!obstacle.lastGood || !lastGood) throw unusedCopy(obstacle, lastGood)
      try {
        return lastGood.use()
      } catch (error) {
        throw unwritten(error)
      }
    },
    write(make) {
      ensureOurs()
      const next = make()
      try {
        file.write(next, isVerified || mark === null ? 'becomes_copy' : 'is_dropped')
      } catch (error) {
        // It is as it was, but may have had another name in between, which its mark tells of.
        markAgain()
        throw error
      }
      document = next
      seen = true
      markAgain()
    },
    drop() {
      document = null
    },
  }
}

/** Why the copy, where there is one, does not take the file's place. */
function unusedCopy({ why, remedy }: Broken, lastGood: LastGoodCopy | undefined): Problem {
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
function usableCopy(lastGood: LastGoodCopy | undefined): { document: VaultDocument; writtenAt: number } | null {
  const found = lastGood?.read()
  const parsed = found && parseDocument(found.document)
  return parsed && 'document' in parsed ? { document: parsed.document, writtenAt: found.writtenAt } : null
}

/** What of a document has to be the same, as it would be read from a file of any version. */
function plain(document: unknown): unknown {
  const { vaultId, slots, check, records } = document as Partial<VaultDocument>
  return JSON.parse(JSON.stringify({ vaultId, slots, check, records }))
}
