// The vault's document for plain Node, kept by conf; the desktop keeps the same file by electron-store, which is conf too.
import Conf from 'conf'
import type { VaultDocumentFile } from '../core/ports.ts'
import { documentFile } from '../core/vault/document-file.ts'

/** The document in the vault's folder; touches nothing until it is read or written. */
export function vaultDocument(folder: string): VaultDocumentFile {
  return documentFile(
    folder,
    (cwd, configName, options) => new Conf<Record<string, unknown>>({ cwd, configName, ...options }),
  )
}
