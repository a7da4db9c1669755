// What the command palette offers for the connection on screen. Pure: says which commands there are, not how they are done.
import type { ConnectionView } from '../../contract/connection.ts'

export type ConnectionCommand =
  | 'cancel'
  | 'copy_token'
  | 'copy_header'
  | 'copy_curl'
  | 'refresh'
  | 'revoke'
  | 'reconnect'
  | 'rename'
  | 'reveal'
  | 'send'

const labels: Record<ConnectionCommand, string> = {
  cancel: 'Cancel what is under way',
  copy_token: 'Copy token',
  copy_header: 'Copy header',
  copy_curl: 'Copy as curl',
  refresh: 'Refresh',
  revoke: 'Revoke',
  reconnect: 'Reconnect',
  rename: 'Rename',
  reveal: 'Reveal',
  send: 'Send request',
}

const livingOnly: ConnectionCommand[] = ['copy_token', 'copy_header', 'copy_curl', 'refresh', 'revoke']
/** What needs tokens that can be read. */
const readableOnly: ConnectionCommand[] = [...livingOnly, 'reveal', 'send']

/** The commands that this connection allows now, in the order of its own buttons. */
export function connectionCommands(
  connection: Pick<ConnectionView, 'status' | 'refreshable' | 'clientId' | 'busy' | 'damage'>,
): { command: ConnectionCommand; label: string }[] {
  const allowed = (command: ConnectionCommand) => {
    if (connection.status.kind === 'revoked' && livingOnly.includes(command)) return false
    if (connection.damage === 'tokens' && readableOnly.includes(command)) return false
    if (command === 'cancel') return connection.busy !== null
    if (command === 'refresh') return connection.refreshable && connection.busy === null
    if (command === 'revoke') return connection.busy === null
    return command !== 'reconnect' || connection.clientId !== null
  }
  return (Object.keys(labels) as ConnectionCommand[])
    .filter(allowed)
    .map((command) => ({ command, label: labels[command] }))
}
