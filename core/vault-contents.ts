// The contents of the open vault: loaded once after it is opened, dropped when it is locked.
import { internalFailure } from './internal-failure.ts'
import { type LoadOnce, loadOnce } from './load-once.ts'
import type { Log } from './ports.ts'

export interface VaultContents extends LoadOnce {
  /** Loads again what another part of the application has changed in the vault. */
  reload(): Promise<void>
}

export interface VaultContentsParts {
  log: Log
  stores: { load(): Promise<void>; carryOver(): Promise<void>; forget(): void }
  /** Each tells what was cut off when the last host stopped. */
  recovering: { recover(): Promise<void> }[]
  /** Ends the attempts that wait for the person. */
  connector: { close(): Promise<void> }
}

export function createVaultContents({ log, stores, recovering, connector }: VaultContentsParts): VaultContents {
  const loading = loadOnce(async () => {
    await stores.load()
    // A failed migration or recovery must not keep the vault from opening.
    const logged = (error: unknown) => void internalFailure(error, log)
    await stores.carryOver().catch(logged)
    for (const each of recovering) await each.recover().catch(logged)
  })
  return {
    ...loading,
    reload: () => stores.load(),
    forget() {
      loading.forget()
      void connector.close()
      stores.forget()
    },
  }
}
