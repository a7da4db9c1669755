// Every procedure of the contract's table, each done by the part that owns it. Owns nothing itself.
import { isUnderWay } from '../contract/attempt.ts'
import type { Snapshot } from '../contract/change.ts'
import type { Caller } from '../contract/connection.ts'
import type { VaultStatus } from '../contract/vault.ts'
import { createBackupActs } from './backup/backup-acts.ts'
import type { Backups } from './backup/backups.ts'
import type { AttemptStore } from './connect/attempt-store.ts'
import type { Connector } from './connect/connect.ts'
import type { ClientCheck } from './connections/client-check.ts'
import type { Context } from './connections/context.ts'
import type { Disclosure } from './connections/disclose.ts'
import type { Refresher } from './connections/refresh.ts'
import type { Reidentifier } from './connections/reidentify.ts'
import type { Revoker } from './connections/revoke.ts'
import { handOutByName } from './connections/token-named.ts'
import type { WorkspaceChooser } from './connections/workspace.ts'
import type { Implementation } from './door/dispatch.ts'
import { exportHistory } from './history/export.ts'
import { withHistoryEntry } from './history/with-history-entry.ts'
import { checkLink } from './loopback.ts'
import type { Browser, FileSaver, Keychain } from './ports.ts'
import type { PracticeController } from './practice-controller.ts'
import { problem } from './problem.ts'
import { describeRecords } from './record-words.ts'
import type { Requests } from './requests/send.ts'
import { Secret } from './secret.ts'
import { schemaFile } from './services/description-schema.ts'
import type { Discovery } from './services/discover.ts'
import { fitsSignature } from './services/webhook-signature.ts'
import type { SettingsStore } from './settings-store.ts'
import { createTextDelivery } from './text-delivery.ts'
import { addingKeychain, removingSlot, type SlotChange, settingPassphrase } from './vault/slot-changes.ts'
import type { Vault } from './vault/vault.ts'

/** All that the procedures are made of. */
export interface Parts extends Context {
  snapshot(): Snapshot
  /** Loads what an opened vault holds, and tells everybody. */
  opened(status: Promise<VaultStatus>): Promise<VaultStatus>
  lock(): Promise<void>
  /** Takes up what was written past the books, and tells everybody. */
  reload(): Promise<void>
  backups: Backups
  vault: Vault
  keychain: Keychain | null
  saver: FileSaver | null
  browser: Browser
  attempts: AttemptStore
  connector: Connector
  refresher: Refresher
  revoker: Revoker
  reidentifier: Reidentifier
  disclosure: Disclosure
  requests: Requests
  practice: PracticeController
  settings: SettingsStore
  discovery: Discovery
  clientCheck: ClientCheck
  workspaceChooser: WorkspaceChooser
}

/** The table's implementation by these parts. */
export function implement({
  snapshot,
  opened,
  lock,
  reload,
  backups,
  vault,
  keychain,
  saver,
  browser,
  attempts,
  connector,
  refresher,
  revoker,
  reidentifier,
  disclosure,
  requests,
  practice,
  settings,
  discovery,
  clientCheck,
  workspaceChooser,
  clock,
  services,
  clients,
  connections,
  history,
  flows,
  operations,
}: Parts): Implementation {
  const deliverText = createTextDelivery(saver)
  const backupActs = createBackupActs({ backups, history, prove: vault.prove, deliverText, reload })
  const changeWays = (done: string, change: SlotChange, caller: Caller) =>
    withHistoryEntry(history, { connectionId: null, caller, act: 'ways', detail: () => done }, () =>
      vault.changeSlots(change),
    )

  const tokenNamed = handOutByName({ clock, connections, disclosure })

  return {
    'app.snapshot': async () => snapshot(),
    'app.used': async () => ({}),
    'settings.save': (input) => settings.save(input),
    'links.open': async ({ url }) => {
      await browser.open(checkLink(url))
      return {}
    },

    'vault.status': async () => vault.status(),
    'vault.create': ({ passphrase }) => opened(vault.create(new Secret(passphrase))),
    'vault.unlock': ({ passphrase }) => opened(vault.unlock(new Secret(passphrase))),
    'vault.retry': () => opened(vault.retry()),
    'vault.lock': async () => {
      await lock()
      return vault.status()
    },
    'vault.recover': async () => {
      const wasOpen = vault.status().state === 'open'
      const { keptAs: damaged, mended, left } = await vault.recover()
      const now = await opened(vault.retry())
      if (wasOpen) await reload()
      const told = (names: string[]) =>
        describeRecords(names, { connection: connections.nameOf, client: clients.nameOf })
      return { vault: now, damaged, mended: told(mended), left: told(left) }
    },
    'vault.setPassphrase': ({ passphrase, present }, caller) => {
      const change = settingPassphrase(new Secret(passphrase), present === undefined ? null : new Secret(present))
      return changeWays(present === undefined ? 'Passphrase added' : 'Passphrase changed', change, caller)
    },
    'vault.addKeychain': (_, caller) => changeWays('Keychain added', addingKeychain(keychain), caller),
    'vault.removeSlot': ({ id }, caller) => {
      const status = vault.status()
      const label = status.state === 'open' ? status.slots.find((slot) => slot.id === id)?.label : undefined
      return changeWays(`${label ?? 'A way in'} removed`, removingSlot(id, keychain), caller)
    },

    'backup.make': (input, caller) => backupActs.make(input, caller),
    'backup.inspect': ({ text, passphrase }) => backups.inspect(text, new Secret(passphrase)),
    'backup.restore': (input, caller) => backupActs.restore(input, caller),

    'services.import': (input) => services.import(input),
    'services.export': async ({ id }) => services.export(id),
    'services.schema': (_, caller) => deliverText(schemaFile(), caller),
    'services.discover': ({ url }) => discovery.discover(url),
    'services.checkSignature': async ({ id, secret, ...signed }) => ({
      fits: fitsSignature(services.find(id), { ...signed, secret: new Secret(secret) }),
    }),
    'services.remove': async ({ id }) => {
      await services.remove(id)
      return {}
    },

    'clients.save': async (input, caller) => {
      const saved = await clients.save(input)
      const { clientSecret } = input
      if (clientSecret !== undefined) {
        const what = clientSecret === '' ? 'Client secret taken from' : 'New client secret for'
        await history.note(null, { caller, act: 'client_secret', detail: `${what} ${saved.name}` })
      }
      return saved
    },
    'clients.remove': async ({ id }) => {
      if (attempts.views().some((one) => one.clientId === id && isUnderWay(one))) {
        throw problem('conflict', 'An attempt to connect uses this client now.', 'Cancel it first.')
      }
      await clients.remove(id)
      return {}
    },

    'clients.check': ({ id }, caller) => clientCheck.check(id, caller),

    'connect.start': (input, caller) => connector.start(input, caller),
    'connect.answer': ({ id, text }) => connector.answer(id, text),
    'connect.browse': async ({ id }) => {
      await connector.browse(id)
      return {}
    },
    'connect.cancel': async ({ id }) => {
      connector.cancel(id)
      return {}
    },
    'connect.decide': ({ id, choice }) => connector.decide(id, choice),
    'connect.dismiss': async ({ id }) => {
      connector.dismiss(id)
      return {}
    },

    'connections.named': async ({ name }) => connections.view(connections.idNamed(name)),
    'connections.rename': async ({ id, name }, caller) => {
      await connections.rename(id, name)
      await history.note(id, { caller, act: 'rename', detail: `Renamed to ${name}` })
      return connections.view(id)
    },
    'connections.tag': async ({ id, tags }, caller) => {
      await connections.update(id, { tags: [...new Set(tags)] })
      await history.note(id, { caller, act: 'tag', detail: tags.length > 0 ? `Tags: ${tags.join(', ')}` : 'No tags' })
      return connections.view(id)
    },
    'connections.remove': async ({ id }, caller) => {
      const { name } = connections.record(id)
      await operations.onTokens(id, async () => {
        await connections.remove(id)
        await history.note(id, { caller, act: 'remove', detail: `Removed ${name}`, name })
      })
      return {}
    },
    'connections.restore': async ({ id }, caller) => {
      await operations.onTokens(id, async () => {
        await connections.restore(id)
        await history.note(id, { caller, act: 'put_back', detail: `Put back as ${connections.record(id).name}` })
      })
      return connections.view(id)
    },
    'connections.refresh': async ({ id, clientAuthentication }, caller) => {
      await refresher.refresh(id, caller, clientAuthentication)
      return connections.view(id)
    },
    'connections.cancel': async ({ id }) => {
      connections.record(id)
      operations.cancel(id)
      return {}
    },
    'connections.revoke': ({ id }, caller) => revoker.revoke(id, caller),
    'connections.identify': async ({ id }, caller) => {
      await reidentifier.identify(id, caller)
      return connections.view(id)
    },
    'connections.chooseWorkspace': async ({ id, workspaceId }, caller) => {
      await workspaceChooser.choose(id, workspaceId, caller)
      return connections.view(id)
    },
    'connections.nameWorkspace': async ({ id, workspace }, caller) => {
      await workspaceChooser.name(id, workspace, caller)
      return connections.view(id)
    },
    'connections.setTestPath': async ({ id, path }, caller) => {
      await reidentifier.setTestPath(id, path, caller)
      return connections.view(id)
    },
    'connections.setAutoRefresh': async ({ id, autoRefresh }, caller) => {
      await connections.update(id, { autoRefresh })
      if (!autoRefresh) connections.setWaiting(id, null)
      const detail = autoRefresh ? 'Renewed by itself from now on' : 'No longer renewed by itself'
      await history.note(id, { caller, act: 'auto_refresh', detail })
      return connections.view(id)
    },
    'connections.endTold': async ({ id, end, dismissed }) => {
      await connections.update(id, { reminded: { end, dismissed, at: clock.now() } })
      return connections.view(id)
    },
    'connections.scopeChanges': async ({ id }) => ({ changes: connections.record(id).scopeChanges.toReversed() }),
    'connections.inspect': ({ id }) => disclosure.inspect(id),

    'connections.reveal': (input, caller) => disclosure.reveal(input, caller),
    'connections.copy': (input, caller) => disclosure.copy(input, caller),
    'connections.token': ({ id }, caller) => disclosure.token(id, caller),
    'connections.tokenNamed': ({ name }, caller) => tokenNamed(name, caller),

    'requests.send': (input, caller) => requests.send(input, caller),
    'requests.cancel': async ({ key }) => {
      requests.cancel(key)
      return {}
    },

    'flows.list': ({ connectionId }) => flows.list(connectionId),
    'flows.get': ({ id }) => flows.get(id),

    'history.list': async ({ limit, ...filter }) => {
      const entries = await history.entries(filter)
      return { entries: entries.slice(0, limit), total: entries.length }
    },
    'history.export': async ({ format, ...filter }, caller) => {
      const text = exportHistory(await history.entries(filter), format)
      const fileName = `grantdesk-history-${new Date(clock.now()).toISOString().slice(0, 10)}.${format}`
      return deliverText({ text, fileName }, caller)
    },

    'practice.start': () => practice.start(),
    'practice.stop': () => practice.stop(),
  }
}
