// The registered clients of one service and their secrets, which can be replaced while it runs. The engine only knows one
// inner secret, so a replaced secret takes effect with the next request.
import { randomBytes } from 'node:crypto'

export interface PracticeClient {
  name: string
  clientId: string
  clientSecret: string | null
  /** Includes the out-of-band URI if the client may have the code shown. */
  redirectUris: string[]
  clientAuthentication: 'body' | 'basic' | 'none'
  note?: string
}

export interface ClientStore {
  find(clientId: string): PracticeClient | undefined
  isSecret(clientId: string, secret: string): boolean
  /** Whether the secret was replaced since the service started. */
  wasReset(clientId: string): boolean
  /** Replaces the secret and returns the new one; throws for an unknown client. */
  resetSecret(clientId: string): string
}

/** Changes the given clients in place, so that everyone with the list sees the current secret. */
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
