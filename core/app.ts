// The application: connects the stores, the activities and the API, and opens and closes them with the vault.
import { isWaiting } from '../contract/attempt.ts'
import type { Snapshot } from '../contract/change.ts'
import { createActivities } from './activities.ts'
import { createAutoLock, isUse } from './auto-lock.ts'
import { createBackups } from './backup/backups.ts'
import { createChangeFeed } from './change-feed.ts'
import { closeApplication } from './closing.ts'
import { listDamaged } from './damaged-list.ts'
import { createDispatch } from './door/dispatch.ts'
import type { Door } from './door/door.ts'
import { lockedDoor } from './door/locked-door.ts'
import { explainingBrowser } from './explaining-browser.ts'
import { implement } from './implementation.ts'
import { internalFailure } from './internal-failure.ts'
import { createLocking } from './locking.ts'
import type { Ports } from './ports.ts'
import { createPracticeController } from './practice-controller.ts'
import { takeSnapshot } from './snapshot.ts'
import { createStores } from './stores.ts'
import { openVault } from './vault/vault.ts'
import { createVaultContents } from './vault-contents.ts'

export interface App extends Door {
  /** Takes ownership of the vault, opens it if that needs no input, and loads its contents. */
  start(): Promise<void>
  /** The machine woke up: checks right away what is due. */
  wake(): void
  /**
   * Waits for what is under way, within its own deadlines. Throws `conflict` if new tokens cannot be written, and keeps
   * running then; `evenIfLost` closes anyway.
   */
  close(options?: { evenIfLost?: boolean }): Promise<void>
}

export function createApp(ports: Ports): App {
  const { clock, log, clipboard } = ports
  const vault = openVault(ports)
  const isOpen = () => vault.status().state === 'open'
  const changeFeed = createChangeFeed(snapshot, () => vault.status().state === 'locked')
  const { send, sendSnapshot } = changeFeed
  const stores = createStores(ports, vault, send, () => autoLock.used())
  const { settings, clients, connections, attempts, history } = stores
  const browser = explainingBrowser(ports.browser)
  const { context, scheduler, ...activities } = createActivities(ports, stores, browser, isOpen)
  const { operations, connector, refresher, settle } = activities
  const practice = createPracticeController(ports.practice, clients, (status) =>
    send({ kind: 'practice', practice: status }),
  )
  const contents = createVaultContents({ log, stores, recovering: [refresher, connector], connector })
  /** Logs a failure that must not stop the rest. */
  const logged = (error: unknown) => void internalFailure(error, log)
  // An unresponsive clipboard must not keep the vault from locking.
  const forgetCopied = async () => clipboard?.forget().catch(logged)

  function snapshot(): Snapshot {
    return takeSnapshot({ host: ports.host, vault, stores, practice, damaged, isLeaving: locking.isLeaving() })
  }

  const damaged = () => listDamaged(vault, { connection: connections.nameOf, client: stores.clients.nameOf })

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

  const locking = createLocking({
    vault,
    async settle() {
      // Wait for a load in progress, which would refill the caches that are cleared next.
      await contents.settled()
      await settle()
    },
    saveUnsaved: connections.saveUnsaved,
    forget: contents.forget,
  })

  const autoLock = createAutoLock({
    ...{ clock, alarm: ports.alarm, presence: ports.presence },
    settings: () => settings.current().lock,
    // A command's own host is short-lived.
    isOpen: () => ports.host.kind !== 'command' && isOpen(),
    isAwaited: () => attempts.views().some(isWaiting),
    lock: (cause) => void locking.lock(cause).catch(logged),
  })

  // Another host may have taken the vault, or its file may be gone: stop showing what was loaded.
  vault.onStatus(({ state }) => {
    if (state === 'open') return
    scheduler?.stop()
    void forgetCopied()
    // While locking, operations under way still need the contents; in other states the keys are gone already.
    if (state !== 'locked' || !locking.isLeaving()) contents.forget()
    sendSnapshot()
  })

  async function reload(): Promise<void> {
    await contents.reload()
    sendSnapshot()
  }

  async function end(): Promise<void> {
    changeFeed.leave()
    autoLock.end()
    scheduler?.stop()
    await practice.stop()
    await stores.webhooks.close()
    stores.flush()
    await vault.close()
  }

  // Views of connections and clients tell of it, too.
  vault.onDamage(sendSnapshot)
  vault.exposed.onChange(sendSnapshot)

  const { freeName, saveUnsaved } = connections
  const isMissing = () => vault.status().state === 'new'
  const implementation = implement({
    ...{ snapshot, damaged, opened, lock: locking.lock, reload, vault, browser, attempts, practice, settings },
    ...{ certificates: stores.certificates, webhooks: stores.webhooks },
    ...{ keychain: ports.keychain, saver: ports.saver, version: ports.host.version },
    backups: createBackups({ records: vault, clock, history, rounds: ports.passphraseRounds, freeName, isMissing }),
    ...activities,
    ...context,
  })
  const call = lockedDoor(createDispatch(implementation, log), vault)

  return {
    async start() {
      await opened(vault.open())
    },
    call(name, input, caller, left) {
      if (ports.presence === null && isUse(name, caller)) autoLock.used()
      return call(name, input, caller, left)
    },
    listen: changeFeed.listen,
    wake() {
      if (isOpen()) scheduler?.start()
    },
    close: ({ evenIfLost = false } = {}) =>
      closeApplication({ forgetCopied, settle, saveUnsaved, reopen: operations.reopen, end }, evenIfLost),
  }
}
