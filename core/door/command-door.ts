// Opens the local socket for `grantdesk` commands once this host owns the vault. Does not replace the socket of another owner. The
// host goes on if the socket cannot be opened (a full or read-only disk), because the window and the tab can say what is wrong.

import type { Log } from '../ports.ts'
import type { Door } from './door.ts'
import { type LocalSocket, openLocalSocket } from './local-socket.ts'

export interface CommandDoor {
  /** Settles after the first try to open it; never rejects. */
  readonly tried: Promise<void>
  close(): Promise<void>
}

/**
 * Opens the socket in the vault's folder as soon as the vault is ours, and tries again whenever the vault's state is sent. To be
 * called after the application has started.
 */
export function openCommandDoor(folder: string, app: Door, log: Log): CommandDoor {
  let socket: LocalSocket | null = null
  let trying: Promise<void> | null = null
  let told = false

  async function open(): Promise<void> {
    try {
      socket = await openLocalSocket(folder, app)
      told = false
    } catch {
      if (!told) log.write('error', 'commands cannot reach this Grantdesk: its socket could not be opened')
      told = true
    } finally {
      trying = null
    }
  }

  const end = app.listen((change) => {
    if (change.kind !== 'snapshot' || change.snapshot.vault.state === 'busy') return
    if (socket === null) trying ??= open()
  })
  return {
    tried: trying ?? Promise.resolve(),
    async close() {
      end()
      await trying
      await socket?.close()
    },
  }
}
