// Implements every procedure of the contract with the files of procedures/; a missing one does not compile.
import { createBackupOperations } from './backup/backup-operations.ts'
import type { Implementation } from './door/dispatch.ts'
import type { FileSaver } from './ports.ts'
import { appProcedures } from './procedures/app.ts'
import { backupProcedures } from './procedures/backup.ts'
import { clientProcedures } from './procedures/clients.ts'
import { connectProcedures } from './procedures/connect.ts'
import { connectionProcedures } from './procedures/connections.ts'
import type { Parts } from './procedures/parts.ts'
import { recordProcedures } from './procedures/records.ts'
import { requestProcedures } from './procedures/requests.ts'
import { serviceProcedures } from './procedures/services.ts'
import { vaultProcedures } from './procedures/vault.ts'
import { webhookProcedures } from './procedures/webhooks.ts'
import { createPiecesSaving, createTextDelivery } from './text-delivery.ts'

/** What the application supplies; the other parts are made from it. */
type Supplied = Omit<Parts, 'deliverText' | 'savePieces' | 'backupOperations'> & { saver: FileSaver | null }

/** The table's implementation by these parts. */
export function implement({ saver, ...supplied }: Supplied): Implementation {
  const { backups, history, vault, reload } = supplied
  const deliverText = createTextDelivery(saver)
  const backupOperations = createBackupOperations({ backups, history, prove: vault.prove, deliverText, reload })
  const savePieces = createPiecesSaving(saver)
  const parts: Parts = { ...supplied, deliverText, savePieces, backupOperations }
  return {
    ...appProcedures(parts),
    ...vaultProcedures(parts),
    ...backupProcedures(parts),
    ...serviceProcedures(parts),
    ...clientProcedures(parts),
    ...connectProcedures(parts),
    ...connectionProcedures(parts),
    ...requestProcedures(parts),
    ...recordProcedures(parts),
    ...webhookProcedures(parts),
  }
}
