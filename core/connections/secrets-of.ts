// Every secret of a connection and its client, for a flow to hide: a server's response may repeat any of them anywhere.
import { ifDamaged } from '../problem.ts'
import type { Secret } from '../secret.ts'
import type { ClientStore } from './client-store.ts'
import type { Context } from './context.ts'

/** Each secret with its pseudonym's label. Skips damaged ones, which cannot be sent anyway. Throws `vault_locked`. */
export async function secretsOf(
  { connections, clients }: Pick<Context, 'connections' | 'clients'>,
  connectionId: string,
): Promise<[Secret, string][]> {
  const { clientId } = connections.record(connectionId)
  const tokens = await connections.tokens(connectionId).catch(ifDamaged)
  const held: [Secret | null | undefined, string][] = [
    [tokens?.accessToken, 'access_token'],
    [tokens?.refreshToken, 'refresh_token'],
    [tokens?.previousRefreshToken, 'refresh_token'],
    [tokens?.idToken, 'id_token'],
    ...(tokens?.replaced ?? []).map((token): [Secret, string] => [token, 'replaced_token']),
  ]
  return [
    ...held.flatMap(([secret, label]): [Secret, string][] => (secret ? [[secret, label]] : [])),
    ...(clientId === null ? [] : await clientSecretsOf(clients, clientId)),
  ]
}

/** A client's current and earlier secrets, with their pseudonym's label. */
export async function clientSecretsOf(clients: ClientStore, clientId: string): Promise<[Secret, string][]> {
  const secret = await clients.secret(clientId).catch(ifDamaged)
  const replaced = await clients.replacedSecrets(clientId)
  return [
    ...(secret ? [[secret, 'client_secret'] satisfies [Secret, string]] : []),
    ...replaced.map((one): [Secret, string] => [one, 'replaced_client_secret']),
  ]
}
