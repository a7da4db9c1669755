// Why no token can be taken out of a connection. Pure.
import type { ConnectionView } from '../../contract/connection.ts'

/** For the buttons that would; `undefined` where it can. */
export function unusableWords({ status, damage }: Pick<ConnectionView, 'status' | 'damage'>): string | undefined {
  if (status.kind === 'revoked') return 'Revoked: the tokens are dead. Reconnect to get new ones.'
  return damage === 'tokens' ? 'The tokens are damaged: recover them, or reconnect to get new ones.' : undefined
}

/** For the buttons that copy how the token is sent, which the service's description says; `undefined` where they can. */
export function notSendableWords(connection: Pick<ConnectionView, 'status' | 'damage'>): string | undefined {
  if (connection.damage === 'service') return 'The service’s description is damaged: recover it first.'
  return unusableWords(connection)
}

/** For the button that refreshes; `undefined` where it can. */
export function notRefreshableWords({ status, refreshable }: Pick<ConnectionView, 'status' | 'refreshable'>) {
  if (status.kind === 'revocation_accepted') return 'The revocation was accepted: reconnect to get new tokens.'
  return refreshable ? undefined : 'There is no refresh token: reconnect instead.'
}
