// Finds the client that the person typed. Never chooses between several, because a secret could be stored with the wrong one.
import type { ClientView } from '../contract/client.ts'
import type { DamagedRecord } from '../contract/damage.ts'
import { CommandError } from './command-error.ts'

type Named = Pick<ClientView, 'id' | 'name' | 'clientId' | 'baseUrl'>

/** By name, client id or id. Throws a CommandError if none or several match, with how to tell them apart. */
export function findClient<Client extends Named>(
  clients: Client[],
  name: string,
  damaged: DamagedRecord[] = [],
): Client {
  const found = clients.filter((client) => [client.id, client.name, client.clientId].includes(name))
  const [client, other] = found
  const lost = damaged.find((record) => record.kind === 'client' && [record.id, record.name].includes(name))
  if (!client && lost) throw new CommandError(`The client “${name}” is damaged. ${lost.message}`, lost.remedy)
  if (!client) throw new CommandError(`There is no client “${name}”.`, 'See “grantdesk clients”.')
  if (other) throw new CommandError(`“${name}” is more than one client.`, howToChoose(found))
  return client
}

/** By client id, or by our own id if two services issued the same client id. */
function howToChoose(found: Named[]): string {
  const named = new Set(found.map(({ clientId }) => clientId))
  if (named.size === found.length) return `Say which by its client id: ${[...named].join(', ')}.`
  const each = found.map(({ id, clientId, baseUrl }) => `${id} (${clientId} at ${baseUrl})`)
  return `Say which by its id: ${each.join(', ')}.`
}
