// What the command palette offers for the connection on screen. Pure: says which acts there are, not how they are done.
import type { ConnectionView } from '../../contract/connection.ts'

export type ConnectionAct =
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

const labels: Record<ConnectionAct, string> = {
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

const livingOnly: ConnectionAct[] = ['copy_token', 'copy_header', 'copy_curl', 'refresh', 'revoke']

/** The acts that this connection allows now, in the order of its own buttons. */
export function connectionActs(
  connection: Pick<ConnectionView, 'standing' | 'refreshable' | 'clientId' | 'busy'>,
): { act: ConnectionAct; label: string }[] {
  const allowed = (act: ConnectionAct) => {
    if (connection.standing.kind === 'revoked' && livingOnly.includes(act)) return false
    if (act === 'cancel') return connection.busy !== null
    if (act === 'refresh') return connection.refreshable && connection.busy === null
    if (act === 'revoke') return connection.busy === null
    return act !== 'reconnect' || connection.clientId !== null
  }
  return (Object.keys(labels) as ConnectionAct[]).filter(allowed).map((act) => ({ act, label: labels[act] }))
}
