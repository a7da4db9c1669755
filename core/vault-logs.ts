// The logs beside the vault's document: under its key, and written only while it is ours.
import type { Log, LogFolder } from './ports.ts'
import { createSealedLogs, type SealedLogs } from './sealed-log/sealed-logs.ts'
import { errorCode } from './vault/system-error.ts'
import type { Vault } from './vault/vault.ts'

export function createVaultLogs(folder: LogFolder, vault: Pick<Vault, 'lines' | 'ensureOurs'>, log: Log): SealedLogs {
  return createSealedLogs({
    folder,
    cipher: vault.lines,
    beforeWrite: vault.ensureOurs,
    onTrouble: (error) => {
      if (error !== null) log.write('error', `what happens cannot be written down now${errorCode(error)}`)
    },
  })
}
