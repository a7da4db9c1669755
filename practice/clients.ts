// The registered clients of one service with their secrets, which can be replaced while it runs. The engine behind
// knows one inner secret alone, so that a replaced one counts from the next request on.
import { randomBytes } from 'node:crypto'

export interface PracticeClient {
  name: string
  clientId: string
  clientSecret: string | null
  /** The out-of-band URI among them, where the client may have the code shown. */
  redirectUris: string[]
  clientAuthentication: 'body' | 'basic' | 'none'
  note?: string
}

export interface ClientStore {
  find(clientId: string): PracticeClient | undefined
  isSecret(clientId: string, secret: string): boolean
  /** Whether the secret was replaced since the service started. */
  wasReset(clientId: string): boolean
  /** Replaces the secret and answers the new one; throws where there is no such client. */
  resetSecret(clientId: string): string
}

/** The book writes into the clients it is given, so that whoever holds the list sees the secret that counts. */
export function createClientStore(clients: PracticeClient[]): ClientStore {
  const replaced = new Set<string>()
  const find = (clientId: string) => clients.find((client) => client.clientId === clientId)
  return {
    find,
    isSecret: (clientId, secret) => find(clientId)?.clientSecret === secret,
    wasReset: (clientId) => replaced.has(clientId),
    resetSecret(clientId) {
      const client = find(clientId)
      if (!client) throw new Error(`There is no client ${JSON.stringify(clientId)}`)
      client.clientSecret = `${clientId}-${randomBytes(12).toString('hex')}`
      replaced.add(clientId)
      return client.clientSecret
    },
  }
}
