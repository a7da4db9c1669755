// The way in for `grantdesk` commands while this host holds the vault: a socket on this machine. Owns when it is open;
// refuses to take the socket's place while another host holds the vault.
import type { App } from '../core/app.ts'
import { type LocalSocket, openLocalSocket } from '../core/door/local-socket.ts'
import type { Log } from '../core/ports.ts'

export interface CommandDoor {
  close(): Promise<void>
}

/** Opens the socket in the vault's folder as soon as the vault is ours; to be called once the application has started. */
export function openCommandDoor(folder: string, app: Pick<App, 'call' | 'listen'>, log: Log): CommandDoor {
  let socket: Promise<LocalSocket | null> | undefined
  const end = app.listen((change) => {
    if (change.kind !== 'snapshot' || change.snapshot.vault.state === 'busy') return
    socket ??= openLocalSocket(folder, app).catch(() => {
      log.write('error', 'commands cannot reach this window: its socket could not be opened')
      return null
    })
  })
  return {
    async close() {
      end()
      await (await socket)?.close()
    },
  }
}
