// The vault's document for plain Node, kept by conf; the desktop keeps the same file by electron-store, which is conf too.
import { join } from 'node:path'
import Conf from 'conf'
import type { VaultDocumentFile } from '../core/ports.ts'
import { documentFile, vaultStoreName, vaultStoreOptions } from '../core/vault/document-file.ts'

/** The document in the vault's folder; touches nothing until it is read or written. */
export function vaultDocument(folder: string): VaultDocumentFile {
  return documentFile(
    join(folder, `${vaultStoreName}.json`),
    () => new Conf<Record<string, unknown>>({ cwd: folder, configName: vaultStoreName, ...vaultStoreOptions }),
  )
}
