// The logs next to the vault's document: encrypted with its key, and written only while the vault is ours.
import type { Log, LogFolder } from './ports.ts'
import { createSealedLogs, type SealedLogs } from './sealed-log/sealed-logs.ts'
import { errorCode } from './vault/system-error.ts'
import type { Vault } from './vault/vault.ts'

export function createVaultLogs(folder: LogFolder, vault: Pick<Vault, 'lines' | 'ensureOurs'>, log: Log): SealedLogs {
  return createSealedLogs({
    folder,
    cipher: vault.lines,
    beforeWrite: oncePerTurn(vault.ensureOurs),
    troubleWords(error) {
      const words = `What happens cannot be written down now${errorCode(error)}. It is kept in memory and tried again.`
      log.write('error', words)
      return words
    },
  })
}

/** Makes a check once for all writes in the same turn of the event loop, unless it throws: it looks at some ten files. */
function oncePerTurn(check: () => void): () => void {
  let isChecked = false
  return () => {
    if (isChecked) return
    check()
    isChecked = true
    setImmediate(() => {
      isChecked = false
    })
  }
}
