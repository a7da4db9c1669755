// `grantdesk serve`: the user interface for a browser on this machine. Holds the vault until it is stopped.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Door } from '../../contract/caller.ts'
import { type HttpDoor, openHttpDoor } from '../../core/door/http-door.ts'
import { rendererPage } from '../../core/door/page.ts'
import { openInBrowser } from '../browser.ts'
import { Complaint } from '../complaint.ts'
import { type Host, heldBy, startHost } from '../host.ts'
import { findInstallation } from '../installation.ts'
import { untilInterrupted } from '../interruption.ts'
import { note, print } from '../output.ts'
import { createSecretInput, type SecretOptions } from '../secret-input.ts'
import { openVault, ownDoor, ownFolder } from '../session.ts'

interface ServeOptions extends SecretOptions {
  port: number
  open?: boolean
}

/** Serves until it is interrupted. */
export async function serve(options: ServeOptions): Promise<void> {
  const secrets = createSecretInput(options)
  const folder = ownFolder()
  const page = rendererPage(findInstallation().rendererFolder, 'tab.html')
  const host = await startHost('serve', folder, true)
  try {
    if (host.holder) throw heldBy(host.holder, '', 'Use that one, or quit it and try again.')
    const door: Door = ownDoor(host.app)
    if (secrets.passphraseGiven) await openVault(door, secrets)
    await serveOn(host, page, folder, options)
  } finally {
    await host.close()
  }
}

async function serveOn(host: Host, page: ReturnType<typeof rendererPage>, folder: string, options: ServeOptions) {
  const door = await openHttpDoor({ app: host.app, page, port: options.port }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error
    throw new Complaint(`Port ${options.port} cannot be used (${error.code}).`, 'Choose another with --port.')
  })
  const ticketPage = join(folder, 'open.html')
  try {
    const interrupted = untilInterrupted()
    print(`Grantdesk is served for a browser on this machine:\n  ${door.url}`)
    print('The address lets in whoever has it: do not pass it on. Ctrl-C stops.')
    if (options.open) await openTab(door, ticketPage)
    await interrupted
  } finally {
    rmSync(ticketPage, { force: true })
    await door.close()
  }
}

/**
 * Opens the browser on a file that only this person can read. Every user of this machine sees the arguments of its
 * programs, so the address with its token cannot be one.
 */
async function openTab(door: HttpDoor, ticketPage: string): Promise<void> {
  const html = `<!doctype html><meta charset="utf-8"><title>Grantdesk</title><meta http-equiv="refresh" content="0;url=${door.ticketUrl()}">`
  writeFileSync(ticketPage, html, { mode: 0o600 })
  try {
    await openInBrowser(pathToFileURL(ticketPage).href)
  } catch (error) {
    rmSync(ticketPage, { force: true })
    note(`${error instanceof Error ? error.message : 'The browser could not be opened.'} Open the address yourself.`)
  }
}
