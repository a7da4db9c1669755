// Procedures that make, inspect and restore a backup.
import { Secret } from '../secret.ts'
import type { Parts, ProceduresOf } from './parts.ts'

export function backupProcedures({ backups, backupOperations }: Parts): ProceduresOf<'backup'> {
  return {
    'backup.make': (input, caller) => backupOperations.make(input, caller),
    'backup.inspect': ({ text, passphrase }) => backups.inspect(text, new Secret(passphrase)),
    'backup.restore': (input, caller) => backupOperations.restore(input, caller),
  }
}
