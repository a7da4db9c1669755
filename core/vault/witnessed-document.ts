// The vault's file beside what it held when it was last read or written here. Owns the question whether it still holds
// that; answers it from the file itself, since whoever wrote over it may have left no lock behind.
import { createHash } from 'node:crypto'
import type { VaultDocumentFile } from '../ports.ts'
import { errorCode } from './system-error.ts'

export interface WitnessedDocument extends VaultDocumentFile {
  /** Whether the file is as it was left; throws the system's error where it cannot be looked at now. */
  standing(): 'same' | 'changed' | 'gone'
}

/** Watches over what goes through it. Until something is read or written it expects no file. */
export function witnessedDocument(file: VaultDocumentFile): WitnessedDocument {
  let known: string | null = null

  return {
    path: file.path,
    lastGood: file.lastGood,
    read() {
      const raw = file.read()
      known = fingerprint(raw)
      return raw
    },
    write(document) {
      file.write(document)
      known = fingerprint(document)
    },
    standing() {
      const found = look(file)
      if (found === known) return 'same'
      return found === null ? 'gone' : 'changed'
    },
  }
}

/** `null` where there is no file. One that is no JSON any more differs from every one that was read. */
function look(file: VaultDocumentFile): string | null {
  try {
    return fingerprint(file.read())
  } catch (error) {
    if (errorCode(error) !== '') throw error
    return 'unreadable'
  }
}

function fingerprint(raw: unknown): string | null {
  return raw === undefined ? null : createHash('sha256').update(JSON.stringify(raw)).digest('base64url')
}
