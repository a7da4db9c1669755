// The application: puts the parts together, loads and forgets what they hold as the vault opens and closes.
import { isUnderWay, isWaiting } from '../contract/attempt.ts'
import type { Change, Snapshot } from '../contract/change.ts'
import type { Caller } from '../contract/connection.ts'
import type { Answer } from '../contract/failure.ts'
import { createAutoLock, isUse } from './auto-lock.ts'
import { createBackups } from './backup/backups.ts'
import { createChangeFeed } from './change-feed.ts'
import { createAttemptStore } from './connect/attempt-store.ts'
import { createConnector } from './connect/connect.ts'
import { createClientCheck } from './connections/client-check.ts'
import { createClientStore } from './connections/client-store.ts'
import { createConnectionStore } from './connections/connection-store.ts'
import type { Context } from './connections/context.ts'
import { createDisclosure } from './connections/disclose.ts'
import { createOperations } from './connections/operations.ts'
import { createRefresher } from './connections/refresh.ts'
import { createReidentifier } from './connections/reidentify.ts'
import { createRemovedConnections } from './connections/removed-connections.ts'
import { renewal } from './connections/renewal.ts'
import { retryPolicyFactory } from './connections/retry-policy-factory.ts'
import { createRevoker } from './connections/revoke.ts'
import { createWorkspaceChooser } from './connections/workspace.ts'
import { createDispatch } from './door/dispatch.ts'
import { lockedDoor } from './door/locked-door.ts'
import { flowBounds, historyBounds } from './evidence-bounds.ts'
import { explainingBrowser } from './explaining-browser.ts'
import { createFlowFeed } from './flows/flow-feed.ts'
import { createFlowLog } from './flows/flow-log.ts'
import { createHistory } from './history/history.ts'
import { implement } from './implementation.ts'
import { internalFailure } from './internal-failure.ts'
import { loadOnce } from './load-once.ts'
import { createLocking, unsavedTokensProblem } from './locking.ts'
import type { Ports } from './ports.ts'
import { createPracticeController } from './practice-controller.ts'
import { createRequests } from './requests/send.ts'
import { createDiscovery } from './services/discover.ts'
import { createServiceRegistry } from './services/registry.ts'
import { createSettingsStore } from './settings-store.ts'
import { openVault } from './vault/vault.ts'
import { createVaultLogs } from './vault-logs.ts'

export interface App {
  /** Takes the vault, opens it if that needs nobody, and loads what it holds. */
  start(): Promise<void>
  call(name: string, input: unknown, caller: Caller): Promise<Answer<unknown>>
  /** Begins with a snapshot; answers a function that ends it. */
  listen(onChange: (change: Change) => void): () => void
  /** The machine woke: what waits is looked at at once. */
  wake(): void
  /**
   * Waits for what is under way, within its own deadlines. Throws `conflict` over new tokens that cannot be written, and goes
   * on then; `evenIfLost` closes all the same.
   */
  close(options?: { evenIfLost?: boolean }): Promise<void>
}

export function createApp(ports: Ports): App {
  const { clock, log } = ports
  const changeFeed = createChangeFeed(
    () => snapshot(),
    () => vault.status().state === 'locked',
  )
  const { send, sendSnapshot } = changeFeed

  const browser = explainingBrowser(ports.browser)
  const flowFeed = createFlowFeed(send)
  const vault = openVault(ports)
  const isUsed = (id: string) => {
    const users = [...clients.views(), ...connections.views(), ...attempts.views().filter(isUnderWay)]
    return users.some(({ serviceId }) => serviceId === id)
  }
  const services = createServiceRegistry(vault, (list) => send({ kind: 'services', services: list }), isUsed)
  const tellClient = (id: string | null) => {
    if (id !== null && clients.nameOf(id) !== null) send({ kind: 'client', client: clients.view(id) })
  }
  const removed = createRemovedConnections(vault, clock, (list) => send({ kind: 'removed', removed: list }))
  const connections = createConnectionStore({
    ...{ records: vault, clock, services, removed, damageOf: vault.damageOf },
    clients: () => clients,
    onChange: (connection) => send({ kind: 'connection', connection }),
    onRemove: (id) => send({ kind: 'connection_removed', id }),
    onCount: tellClient,
  })
  const clients = createClientStore({
    ...{ records: vault, services, damageOf: vault.damageOf },
    connectionCount: connections.countFor,
    onSave: (client) => send({ kind: 'client', client }),
    onRemove: (id) => send({ kind: 'client_removed', id }),
  })
  const { fetch, passphraseRounds: rounds } = ports
  const logs = createVaultLogs(ports.logs, vault, log)
  const flows = createFlowLog({
    ...{ records: vault, logs, bounds: () => flowBounds(settings.current().keep) },
    ...{ clock, fetch, pseudonym: vault.pseudonym, onChange: flowFeed.tell },
  })
  const onAdd = () => send({ kind: 'history' })
  const bounds = () => historyBounds(settings.current().keep)
  const history = createHistory({ records: vault, logs, bounds, clock, nameOf: connections.nameOf, onAdd })
  const operations = createOperations()
  const retryPolicyFor = retryPolicyFactory({ pause: ports.pause, connections, operations })
  const context: Context = { clock, log, services, clients, connections, flows, history, operations, retryPolicyFor }
  const attempts = createAttemptStore(
    (attempt) => send({ kind: 'attempt', attempt }),
    (id) => send({ kind: 'attempt_removed', id }),
  )
  const connector = createConnector(context, attempts, browser)
  const refresher = createRefresher(context)
  const revoker = createRevoker(context)
  const reidentifier = createReidentifier(context, refresher)
  const disclosure = createDisclosure(context, refresher, ports.clipboard)
  const requests = createRequests(context, refresher)
  const mayRenew = () => vault.status().state === 'open' && !operations.closing().aborted
  const scheduler = ports.renews ? renewal(ports, { connections, refresher, mayRenew }) : null
  const clientCheck = createClientCheck(context, refresher)
  const workspaceChooser = createWorkspaceChooser(context)
  const discovery = createDiscovery(flows)
  const practice = createPracticeController(ports.practice, clients, (status) =>
    send({ kind: 'practice', practice: status }),
  )

  const settings = createSettingsStore(vault, (saved) => {
    autoLock.used()
    flows.trimSoon()
    send({ kind: 'settings', settings: saved })
  })

  function snapshot(): Snapshot {
    const open = vault.status().state === 'open'
    return {
      host: ports.host,
      vault: vault.status(),
      services: locking.isLeaving() ? [] : services.list(),
      clients: open ? clients.views() : [],
      connections: open ? connections.views() : [],
      removed: open ? removed.list() : [],
      attempts: open ? attempts.views() : [],
      flows: open ? flows.recent() : [],
      practice: practice.status(),
      settings: settings.current(),
    }
  }

  const contents = loadOnce(async () => {
    await loadStores()
    // What cannot be written now must not keep the vault shut.
    const carryOver = async () => {
      await history.carryOver()
      await flows.carryOver()
    }
    await carryOver().catch((error: unknown) => internalFailure(error, log))
    await refresher.recover().catch((error: unknown) => internalFailure(error, log))
  })

  async function opened<T extends { state: string }>(status: Promise<T>): Promise<T> {
    const settled = await status
    if (settled.state === 'open') {
      operations.reopen()
      await contents.ensure()
      autoLock.used()
      scheduler?.start()
    }
    sendSnapshot()
    return settled
  }

  async function loadStores(): Promise<void> {
    await settings.load()
    await services.load()
    await clients.load()
    await connections.load()
  }

  async function reload(): Promise<void> {
    await loadStores()
    sendSnapshot()
  }

  /** Nothing that is on its way may be lost: what waits for the person ends, what waits for a server is let finish. */
  async function settle(): Promise<void> {
    requests.cancelAll()
    const settled = operations.settle()
    await connector.close()
    await settled
  }

  async function forgetCopied(): Promise<void> {
    // A clipboard that does not answer must not keep the vault open.
    await ports.clipboard?.forget().catch((error: unknown) => internalFailure(error, log))
  }

  function forget(): void {
    contents.forget()
    void connector.close()
    attempts.clear()
    flows.forget()
    flowFeed.forget()
    history.flush()
    logs.forget()
    connections.forget()
    clients.forget()
    services.forget()
    settings.forget()
  }

  const locking = createLocking({
    vault,
    async settle() {
      // What is being taken up still fills what is then forgotten.
      await contents.settled()
      await settle()
    },
    saveUnsaved: connections.saveUnsaved,
    forget,
  })

  const autoLock = createAutoLock({
    ...{ clock, alarm: ports.alarm, presence: ports.presence },
    settings: () => settings.current().lock,
    // A command's own host ends by itself.
    isOpen: () => ports.host.kind !== 'command' && vault.status().state === 'open',
    isAwaited: () => attempts.views().some(isWaiting),
    lock: (cause) => void locking.lock(cause).catch((error: unknown) => internalFailure(error, log)),
  })

  // Another host may have taken the vault, or its file may have gone: what was loaded is not ours to show any more.
  vault.onStatus(({ state }) => {
    if (state === 'open') return
    scheduler?.stop()
    void forgetCopied()
    // While it is being locked, what is under way still needs it; in every other state the keys are gone already.
    if (state !== 'locked' || !locking.isLeaving()) forget()
    sendSnapshot()
  })

  const implementation = implement({
    snapshot,
    opened,
    lock: locking.lock,
    reload,
    backups: createBackups({ records: vault, clock, history, rounds, freeName: connections.freeName }),
    vault,
    keychain: ports.keychain,
    saver: ports.saver,
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
    ...context,
  })

  const call = lockedDoor(createDispatch(implementation, log), vault)

  return {
    async start() {
      await opened(vault.open())
    },
    call(name, input, caller) {
      if (ports.presence === null && isUse(name, caller)) autoLock.used()
      return call(name, input, caller)
    },
    listen: changeFeed.listen,
    wake() {
      if (vault.status().state === 'open') scheduler?.start()
    },
    async close({ evenIfLost = false } = {}) {
      await forgetCopied()
      await settle()
      const unsaved = await connections.saveUnsaved()
      if (unsaved.length > 0 && !evenIfLost) {
        operations.reopen()
        throw unsavedTokensProblem(
          unsaved,
          'Make room on the disk; they are lost when Grantdesk ends before they are written.',
        )
      }
      changeFeed.leave()
      autoLock.end()
      scheduler?.stop()
      await practice.stop()
      history.flush()
      flows.flush()
      await vault.close()
    },
  }
}
