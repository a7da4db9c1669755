// Procedures that open, lock and recover the vault, and change how it is unlocked.
import type { Caller } from '../../contract/connection.ts'
import { withHistoryEntry } from '../history/with-history-entry.ts'
import { describeRecords, recoveredWords } from '../record-words.ts'
import { Secret } from '../secret.ts'
import { addingKeychain, removingSlot, type SlotChange, settingPassphrase } from '../vault/slot-changes.ts'
import type { Parts, ProceduresOf } from './parts.ts'

export function vaultProcedures({
  vault,
  damaged,
  keychain,
  opened,
  lock,
  reload,
  history,
  connections,
  clients,
}: Parts): ProceduresOf<'vault'> {
  const changeSlots = (done: string, change: SlotChange, caller: Caller) =>
    withHistoryEntry(history, { connectionId: null, caller, operation: 'unlock_settings', detail: () => done }, () =>
      vault.changeSlots(change),
    )

  return {
    'vault.status': async () => vault.status(),
    'vault.create': ({ passphrase }) => opened(vault.create(new Secret(passphrase))),
    'vault.unlock': ({ passphrase }) => opened(vault.unlock(new Secret(passphrase))),
    'vault.retry': () => opened(vault.retry()),
    'vault.lock': async () => {
      await lock()
      return vault.status()
    },
    'vault.recover': async (_, caller) => {
      const wasOpen = vault.status().state === 'open'
      const { keptAs, ...records } = await vault.recover()
      const now = await opened(vault.retry())
      if (wasOpen) await reload()
      const described = (names: string[]) =>
        describeRecords(names, { connection: connections.nameOf, client: clients.nameOf })
      const result = { recovered: described(records.recovered), unrecoverable: described(records.unrecoverable) }
      // After a whole file was replaced, the vault may still be locked.
      if (wasOpen) await history.note(null, { caller, operation: 'recover', detail: recoveredWords(result) })
      return { vault: now, keptAs, ...result }
    },
    'vault.damaged': async () => ({ damaged: damaged() }),
    'vault.removeDamaged': async ({ kind, id }, caller) => {
      const found = damaged().find((one) => one.kind === kind && one.id === id)
      await vault.removeDamaged(kind, id)
      const detail = `Removed damaged: ${found?.what ?? kind} ${found?.name ?? id}`
      await history.note(kind === 'connection' || kind === 'tokens' ? id : null, {
        caller,
        operation: 'remove',
        detail,
        name: found?.name,
      })
      return {}
    },
    'vault.dismissExposed': async () => {
      vault.exposed.dismiss()
      return {}
    },
    'vault.setPassphrase': ({ passphrase, present }, caller) => {
      const change = settingPassphrase(new Secret(passphrase), present === undefined ? null : new Secret(present))
      return changeSlots(present === undefined ? 'Passphrase added' : 'Passphrase changed', change, caller)
    },
    'vault.addKeychain': (_, caller) => changeSlots('Keychain added', addingKeychain(keychain), caller),
    'vault.removeSlot': ({ id }, caller) => {
      const status = vault.status()
      const label = status.state === 'open' ? status.slots.find((slot) => slot.id === id)?.label : undefined
      return changeSlots(`${label ?? 'A way in'} removed`, removingSlot(id, keychain), caller)
    },
  }
}
