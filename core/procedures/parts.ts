// What the procedures depend on, and the type of the part of the contract that one file implements.
import type { Snapshot } from '../../contract/change.ts'
import type { DamagedRecord } from '../../contract/damage.ts'
import type { ProcedureName } from '../../contract/procedures.ts'
import type { VaultStatus } from '../../contract/vault.ts'
import type { BackupOperations } from '../backup/backup-operations.ts'
import type { Backups } from '../backup/backups.ts'
import type { AttemptStore } from '../connect/attempt-store.ts'
import type { Connector } from '../connect/connect.ts'
import type { ClientCheck } from '../connections/client-check.ts'
import type { Context } from '../connections/context.ts'
import type { Disclosure } from '../connections/disclose.ts'
import type { TokenInspector } from '../connections/inspect-tokens.ts'
import type { Refresher } from '../connections/refresh.ts'
import type { Reidentifier } from '../connections/reidentify.ts'
import type { Revoker } from '../connections/revoke.ts'
import type { WorkspaceChooser } from '../connections/workspace.ts'
import type { Implementation } from '../door/dispatch.ts'
import type { Browser, Keychain } from '../ports.ts'
import type { PracticeController } from '../practice-controller.ts'
import type { Requests } from '../requests/send.ts'
import type { Discovery } from '../services/discover.ts'
import type { CertificateStore } from '../services/service-certificates.ts'
import type { SettingsStore } from '../settings-store.ts'
import type { PiecesSaving, TextDelivery } from '../text-delivery.ts'
import type { Vault } from '../vault/vault.ts'
import type { Webhooks } from '../webhooks/webhooks.ts'

/** Everything that procedures depend on. */
export interface Parts extends Context {
  /** Grantdesk's. */
  version: string
  snapshot(): Snapshot
  /** The damaged records of the open vault. */
  damaged(): DamagedRecord[]
  /** Loads an opened vault's contents and sends everyone a new snapshot. */
  opened(status: Promise<VaultStatus>): Promise<VaultStatus>
  lock(): Promise<void>
  /** Reloads what was written to the vault directly, and sends everyone a new snapshot. */
  reload(): Promise<void>
  backups: Backups
  backupOperations: BackupOperations
  vault: Vault
  keychain: Keychain | null
  deliverText: TextDelivery
  savePieces: PiecesSaving
  browser: Browser
  attempts: AttemptStore
  connector: Connector
  refresher: Refresher
  revoker: Revoker
  reidentifier: Reidentifier
  disclosure: Disclosure
  tokenInspector: TokenInspector
  requests: Requests
  practice: PracticeController
  settings: SettingsStore
  certificates: CertificateStore
  discovery: Discovery
  clientCheck: ClientCheck
  workspaceChooser: WorkspaceChooser
  webhooks: Webhooks
}

/** The implementation of the procedures with this prefix. */
export type ProceduresOf<Prefix extends string> = Pick<Implementation, Extract<ProcedureName, `${Prefix}.${string}`>>
