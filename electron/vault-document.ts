// The vault's document on the desktop, in electron-store; plain Node keeps the same file with conf, which that builds on.
import ElectronStore from 'electron-store'
import type { VaultDocumentFile } from '../core/ports.ts'
import { documentFile } from '../core/vault/document-file.ts'

/** The document in the vault's folder; touches no file until it is read or written. */
export function vaultDocument(folder: string): VaultDocumentFile {
  return documentFile(
    folder,
    (cwd, name, options) => new ElectronStore<Record<string, unknown>>({ cwd, name, ...options }),
  )
}
