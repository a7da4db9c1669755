// The client of a connection as far as the connection itself tells: its name and where it is registered.
import type { ClientView } from '../../contract/client.ts'
import type { ConnectionView } from '../../contract/connection.ts'

export function clientNamed({ clientName, baseUrl }: ConnectionView): Pick<ClientView, 'name' | 'baseUrl'> {
  return { name: clientName ?? '', baseUrl }
}
