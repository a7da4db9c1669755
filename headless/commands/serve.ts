// `grantdesk serve`: the user interface for a browser on this machine. Holds the vault until it is stopped.
import type { Door } from '../../contract/caller.ts'
import { type HttpDoor, openHttpDoor } from '../../core/door/http-door.ts'
import { rendererPage } from '../../core/door/page.ts'
import { openUnseen } from '../browser.ts'
import { CommandError } from '../command-error.ts'
import { ownDoor } from '../connect-to-host.ts'
import { heldBy } from '../holder-words.ts'
import type { Host } from '../host.ts'
import { findInstallation } from '../installation.ts'
import { untilInterrupted } from '../interruption.ts'
import { note, print, reportError } from '../output.ts'
import type { PageFile } from '../page-file.ts'
import { createSecretInput, type SecretOptions } from '../secret-input.ts'
import { brokenVault, openVault, ownFolder, snapshotOf } from '../session.ts'

interface ServeOptions extends SecretOptions {
  port: number
  open?: boolean
}

/** Serves until it is interrupted. */
export async function serve(options: ServeOptions): Promise<void> {
  const secrets = createSecretInput(options)
  const folder = ownFolder()
  const page = rendererPage(findInstallation().rendererFolder, 'tab.html')
  const { startHost } = await import('../host.ts')
  const host = await startHost('serve', folder)
  try {
    if (host.holder) throw heldBy(host.holder)
    await host.admitOthers()
    const door: Door = ownDoor(host.app)
    const { vault } = await snapshotOf(door)
    // The page says it, too, and can retry.
    if (vault.state === 'broken') reportError(brokenVault(vault))
    else if (secrets.passphraseGiven) await openVault(door, secrets)
    await serveOn(host, page, folder, options)
  } finally {
    await host.close()
  }
}

async function serveOn(host: Host, page: ReturnType<typeof rendererPage>, folder: string, options: ServeOptions) {
  const door = await openHttpDoor({ app: host.app, page, port: options.port }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error
    throw new CommandError(`Port ${options.port} cannot be used (${error.code}).`, 'Choose another with --port.')
  })
  let ticketPage: PageFile | null = null
  try {
    const interrupted = untilInterrupted()
    print(`Grantdesk is served for a browser on this machine:\n  ${door.url}`)
    print('The address lets in anybody who has it: do not pass it on. Ctrl-C stops.')
    if (options.open) ticketPage = await openTab(door, folder)
    await interrupted
  } finally {
    ticketPage?.remove()
    await door.close()
  }
}

/** Through a page that only this person can read, because the ticket grants access. */
async function openTab(door: HttpDoor, folder: string): Promise<PageFile | null> {
  try {
    return await openUnseen(folder, door.ticketUrl())
  } catch (error) {
    note(`${error instanceof Error ? error.message : 'The browser could not be opened.'} Open the address yourself.`)
    return null
  }
}
