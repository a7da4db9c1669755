// A page in a file that only this person can read, which redirects the browser to a secret address. Such an address cannot be an
// argument, because every user of a machine can read those.
import { randomUUID } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export interface PageFile {
  /** `file:` URL */
  readonly url: string
  /** Idempotent; also called when the process exits. */
  remove(): void
}

/** Writes a page into `folder` that redirects to `address`. Throws the system's error if it cannot. */
export function writePageFile(folder: string, address: string): PageFile {
  const file = join(folder, `open-${randomUUID()}.html`)
  const target = address.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  const html = `<!doctype html><meta charset="utf-8"><title>Grantdesk</title><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${target}"><a href="${target}">Go on in the browser</a>\n`
  writeFileSync(file, html, { mode: 0o600, flag: 'wx' })
  const remove = () => {
    process.off('exit', remove)
    rmSync(file, { force: true })
  }
  process.on('exit', remove)
  return { url: pathToFileURL(file).href, remove }
}
