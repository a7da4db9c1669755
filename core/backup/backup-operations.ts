// Making and restoring a backup on request. A backup contains every token, so the current passphrase is required if there
// is one, and the history entry is written before anything is handed out.
import type { DeliveredText, LeftOut } from '../../contract/backup.ts'
import type { Caller } from '../../contract/connection.ts'
import type { ParsedInput } from '../../contract/procedures.ts'
import type { History } from '../history/history.ts'
import { Problem } from '../problem.ts'
import { Secret } from '../secret.ts'
import type { TextDelivery } from '../text-delivery.ts'
import type { Vault } from '../vault/vault.ts'
import type { Backups, Restored } from './backups.ts'

export interface BackupOperations {
  make(input: ParsedInput<'backup.make'>, caller: Caller): Promise<DeliveredText & { leftOut: LeftOut[] }>
  restore(input: ParsedInput<'backup.restore'>, caller: Caller): Promise<Restored>
}

interface Dependencies {
  backups: Backups
  history: History
  prove: Vault['prove']
  deliverText: TextDelivery
  /** Reloads the stores, because restoring writes to the vault directly. */
  reload(): Promise<void>
}

/** A history entry lists no more names than this. */
const mostNames = 8

export function createBackupOperations({
  backups,
  history,
  prove,
  deliverText,
  reload,
}: Dependencies): BackupOperations {
  return {
    async make({ passphrase, present }, caller) {
      const told = { caller, operation: 'backup' as const }
      try {
        await prove(present === undefined ? null : new Secret(present))
        const { leftOut, connections, ...file } = await backups.make(new Secret(passphrase))
        const handed = await deliverText(file, caller, () =>
          history.add(null, { ...told, detail: backupWords(connections, leftOut.length) }),
        )
        return { ...handed, leftOut }
      } catch (error) {
        await history.addFailure(null, { ...told, detail: error instanceof Problem ? error.message : 'Failed' })
        throw error
      }
    },
    async restore({ text, passphrase, connections }, caller) {
      const answer = await backups.restore(text, new Secret(passphrase), connections)
      await reload()
      const day = new Date(answer.createdAt).toISOString().slice(0, 10)
      if (answer.restored.length > 0) {
        const detail = `From a backup of ${day}: ${namesOf(answer.restored)}`
        await history.note(null, { caller, operation: 'restore', detail })
      }
      for (const { id, beside } of answer.came) {
        const detail = `Restored from a backup of ${day}${beside ? ', beside the one that was here' : ''}`
        await history.note(id, { caller, operation: 'restore', detail })
      }
      return answer
    },
  }
}

function backupWords(connections: number, leftOut: number): string {
  const damaged = leftOut > 0 ? `; ${leftOut} damaged left out` : ''
  return `Everything was sealed into a backup: the tokens of ${connections} ${connections === 1 ? 'connection' : 'connections'}${damaged}`
}

function namesOf(restored: { name: string }[]): string {
  const names = restored.slice(0, mostNames).map(({ name }) => name)
  const more = restored.length - names.length
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ')
}
