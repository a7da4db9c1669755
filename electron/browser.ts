// Opens addresses in the system's browser, after a last check: only https, or http on this machine, so that no page can
// start a program through a link.
import type { Shell } from 'electron'
import { checkLink } from '../core/loopback.ts'
import type { Browser } from '../core/ports.ts'

/** Throws `invalid_input` for a forbidden address, and the system's own error where there is no browser. */
export function systemBrowser(shell: Pick<Shell, 'openExternal'>): Browser {
  return {
    async open(url) {
      await shell.openExternal(checkLink(url))
    },
  }
}
