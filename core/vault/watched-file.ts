// The vault's file and its metadata when this host last read or wrote it, to notice that another program has changed it since.
// Reads the file again only if the metadata differs.
import { isDeepStrictEqual } from 'node:util'
import type { VaultDocumentFile } from '../ports.ts'
import type { VaultDocument } from './document.ts'
import { errorCode } from './system-error.ts'

export interface WatchedFile {
  /** Removes other users' access to the vault's files. */
  closeToOthers(): void
  /** What the file holds, not validated; `undefined` if there is none. Throws the system's error. */
  read(): unknown
  write(document: VaultDocument, old: 'becomes_copy' | 'is_dropped'): void
  /** Whether there was no file when it was last read or written. */
  wasMissing(): boolean
  isMissing(): boolean
  /** Whether the file still holds `document`; one that was moved away and back, or copied, does. Throws the system's error. */
  holds(document: VaultDocument | null): boolean
}

/** A file that changes during each of so many reads is changed by another program all the time. */
const mostReads = 3

/** `onExposed` is called with the files that other users had access to. */
export function watchFile(
  file: Pick<VaultDocumentFile, 'read' | 'write' | 'mark' | 'closeToOthers'>,
  onExposed: (paths: string[]) => void = () => {},
): WatchedFile {
  let mark: string | null = null

  function markAgain(): void {
    try {
      mark = file.mark()
    } catch {
      // The next write looks again, and finds it changed.
    }
  }

  return {
    closeToOthers: () => onExposed(file.closeToOthers?.() ?? []),
    read() {
      for (let reads = 1; ; reads += 1) {
        mark = file.mark()
        const raw = file.read()
        if (file.mark() === mark || reads === mostReads) return raw
      }
    },
    write(document, old) {
      try {
        file.write(document, old)
      } finally {
        // If it failed, the file may have had a second name for a moment, which changes its metadata.
        markAgain()
      }
    },
    wasMissing: () => mark === null,
    isMissing: () => file.mark() === null,
    holds(document) {
      const now = file.mark()
      if (now === mark) return true
      if (now === null || document === null) return false
      try {
        if (!isDeepStrictEqual(comparable(file.read()), comparable(document))) return false
      } catch (error) {
        if (errorCode(error) !== '') throw error
        return false
      }
      mark = now
      return true
    },
  }
}

/** The members that must be equal, in any version's form. */
function comparable(document: unknown): unknown {
  const { vaultId, slots, check, records } = document as Partial<VaultDocument>
  return JSON.parse(JSON.stringify({ vaultId, slots, check, records }))
}
