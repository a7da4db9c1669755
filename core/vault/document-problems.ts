// The vault's status when its file cannot be read or is missing: why, what to do, and whether the last good copy can replace it.
import type { VaultStatus } from '../../contract/vault.ts'
import type { LastGoodCopy, VaultDocumentFile } from '../ports.ts'
import type { Problem } from '../problem.ts'
import { parseDocument, type VaultDocument } from './document.ts'
import { errorCode, isDiskFailure, systemRemedy } from './system-error.ts'
import { nothingToRecover, remedies } from './vault-problems.ts'

export type Broken = Extract<VaultStatus, { state: 'broken' }>

export interface DocumentProblems {
  broken(why: string, remedy: string): Broken
  /** The file was read, but is not a vault that this Grantdesk understands. */
  invalid(parsed: { why: string; newer?: true }): Broken
  /** Reading the file threw this. */
  unreadable(error: unknown): Broken
  /** There is no file; `seen` says whether this process has seen one. `null` for a fresh start. */
  missing(seen: boolean): Broken | null
  /** Why the copy, if there is one, does not replace the file. */
  unusedCopy(obstacle: Broken): Problem
  /** The last good copy, if this Grantdesk understands it. */
  copy(): VaultDocument | null
}

export function documentProblems({ path, lastGood }: Pick<VaultDocumentFile, 'path' | 'lastGood'>): DocumentProblems {
  const broken = (why: string, remedy: string): Broken => ({ state: 'broken', why, remedy, file: path })

  /** Offers the copy, if there is one. */
  function damaged(why: string, remedy = remedies.damaged, withCopy = remedies.replaceable): Broken {
    const found = usableCopy(lastGood)
    return found ? { ...broken(why, withCopy), lastGood: { writtenAt: found.writtenAt } } : broken(why, remedy)
  }

  return {
    broken,
    invalid: ({ why, newer }) => (newer ? broken(why, remedies.newer) : damaged(why)),
    unreadable(error) {
      if (errorCode(error) === '') {
        return damaged(
          'The vault’s file is damaged: it was cut short, or something else was written there. It was left as it is.',
        )
      }
      const why = `The vault’s file cannot be read${errorCode(error)}. It was left as it is.`
      return isDiskFailure(error) ? damaged(why, systemRemedy(error)) : broken(why, systemRemedy(error))
    },
    missing(seen) {
      if (!seen && usableCopy(lastGood) === null) return null
      const why = seen ? 'The vault’s file has been taken away.' : 'The vault’s file is not there any more.'
      return damaged(why, remedies.gone, remedies.bringable)
    },
    unusedCopy({ why, remedy }) {
      const found = lastGood?.read()
      if (!found) return nothingToRecover(`There is no good copy of the vault. ${why}`, remedy)
      const copy = parseDocument(found.document)
      if ('document' in copy) {
        return nothingToRecover(`The last good copy is not used, since the file may hold more. ${why}`, remedy)
      }
      if (copy.newer)
        return nothingToRecover('The last good copy is not used: a newer Grantdesk wrote it.', remedies.newer)
      return nothingToRecover(
        `There is no good copy of the vault: the one that is there is damaged, too. ${why}`,
        remedy,
      )
    },
    copy: () => usableCopy(lastGood)?.document ?? null,
  }
}

function usableCopy(lastGood: LastGoodCopy | undefined): { document: VaultDocument; writtenAt: number } | null {
  const found = lastGood?.read()
  const parsed = found && parseDocument(found.document)
  return parsed && 'document' in parsed ? { document: parsed.document, writtenAt: found.writtenAt } : null
}
