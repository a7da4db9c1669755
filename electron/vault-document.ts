// The vault's document on the desktop, kept by electron-store; plain Node keeps the same file by conf, its base.
import ElectronStore from 'electron-store'
import type { VaultDocumentFile } from '../core/ports.ts'
import { documentFile } from '../core/vault/document-file.ts'

/** The document in the vault's folder; touches nothing until it is read or written. */
export function vaultDocument(folder: string): VaultDocumentFile {
  return documentFile(
    folder,
    (cwd, name, options) => new ElectronStore<Record<string, unknown>>({ cwd, name, ...options }),
  )
}
