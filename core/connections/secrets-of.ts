// Every secret of a connection and of its client, for the flow that is about to record what a server says: a server may
// repeat any of them, in any place and under any name.
import { ifDamaged } from '../problem.ts'
import type { Secret } from '../secret.ts'
import type { Context } from './context.ts'

/** With the label that its pseudonym gets. What is damaged cannot be sent and cannot be hidden. Throws `vault_locked`. */
export async function secretsOf(
  { connections, clients }: Pick<Context, 'connections' | 'clients'>,
  connectionId: string,
): Promise<[Secret, string][]> {
  const { clientId } = connections.record(connectionId)
  const tokens = await connections.tokens(connectionId).catch(ifDamaged)
  const clientSecret = clientId === null ? null : await clients.secret(clientId).catch(ifDamaged)
  const held: [Secret | null | undefined, string][] = [
    [tokens?.accessToken, 'access_token'],
    [tokens?.refreshToken, 'refresh_token'],
    [tokens?.previousRefreshToken, 'refresh_token'],
    [clientSecret, 'client_secret'],
    ...(tokens?.replaced ?? []).map((token): [Secret, string] => [token, 'replaced_token']),
  ]
  return held.flatMap(([secret, label]): [Secret, string][] => (secret ? [[secret, label]] : []))
}
