// Which account a reconnection proposes to the server, so that the person does not sign in as somebody else by habit.
// @see https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest
import type { ConnectionStore } from '../connections/connection-store.ts'
import { claimsIn } from '../oauth/id-token.ts'
import { ifDamaged } from '../problem.ts'
import type { ConnectionRecord, TokensRecord } from '../records.ts'

export async function loginHintOf(
  connections: Pick<ConnectionStore, 'record' | 'tokens'>,
  id: string,
): Promise<string | null> {
  return hintFrom(connections.record(id).account, (await connections.tokens(id).catch(ifDamaged))?.idToken)
}

/** By what the person signs in with there; an opaque id would only puzzle them. */
export function hintFrom(account: ConnectionRecord['account'], idToken: TokensRecord['idToken']): string | null {
  const claims = (idToken && claimsIn(idToken.reveal())) || {}
  const signIn = [claims.login_hint, claims.email, claims.preferred_username, claims.upn]
  const known = [...signIn, account?.email, account?.detail, account?.id]
  const found = known.find((one) => typeof one === 'string' && one !== '' && one.length <= 200 && !isOpaque(one))
  return typeof found === 'string' ? found : null
}

function isOpaque(text: string): boolean {
  return /^\d+$/.test(text) || /^[0-9a-f-]{16,}$/i.test(text) || (text.length > 40 && !/[@ ]/.test(text))
}
