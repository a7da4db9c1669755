// The system's browser. Owns the last check before an address leaves the application; refuses every scheme but https,
// and http anywhere but on this machine, so that no page can start a program through a link.
import type { Shell } from 'electron'
import { checkLink } from '../core/loopback.ts'
import type { Browser } from '../core/ports.ts'

/** Opens checked addresses; throws `invalid_input` for others, and what the system says where it has no browser. */
export function systemBrowser(shell: Pick<Shell, 'openExternal'>): Browser {
  return {
    async open(url) {
      await shell.openExternal(checkLink(url))
    },
  }
}
