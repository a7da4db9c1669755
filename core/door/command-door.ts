// The way in for `grantdesk` commands while a host that stays holds the vault: a socket on this machine. Owns when it is
// open; refuses to take the socket's place while another host holds the vault, and to end the host where it cannot be opened
// (a disk that is full or read-only): the window and the tab are there to say what is wrong.
import type { App } from '../app.ts'
import type { Log } from '../ports.ts'
import { type LocalSocket, openLocalSocket } from './local-socket.ts'

export interface CommandDoor {
  /** Settles once it is open, or known that it cannot be opened now; never rejects. */
  readonly tried: Promise<void>
  close(): Promise<void>
}

/**
 * Opens the socket in the vault's folder as soon as the vault is ours, and tries again whenever the vault's state is told anew;
 * to be called once the application has started.
 */
export function openCommandDoor(folder: string, app: Pick<App, 'call' | 'listen'>, log: Log): CommandDoor {
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
