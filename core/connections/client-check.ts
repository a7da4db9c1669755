// Checks which of a client's connections the service still accepts after its secret was replaced, by refreshing each once.
import type { ClientCheck as Checked } from '../../contract/client.ts'
import type { Caller } from '../../contract/connection.ts'
import { internalFailure } from '../internal-failure.ts'
import { Problem } from '../problem.ts'
import type { Context } from './context.ts'
import type { Refresher } from './refresh.ts'

export interface ClientCheck {
  /** A connection's failure becomes its result. Throws `not_found` for an unknown client. */
  check(clientId: string, caller: Caller): Promise<{ results: Checked[] }>
}

/** How many are refreshed concurrently. */
const atOnce = 3

export function createClientCheck({ clients, connections, log }: Context, refresher: Refresher): ClientCheck {
  async function tryOne(connectionId: string, caller: Caller): Promise<Checked> {
    const { name, refreshable } = connections.view(connectionId)
    const result = (outcome: Checked['outcome'], words: string, clientRefused = false): Checked => {
      return { connectionId, name, outcome, words, clientRefused }
    }
    if (!refreshable) return result('not_refreshable', 'Nothing refreshes it, so the client is not used.')
    try {
      await refresher.refresh(connectionId, caller)
      return result('works', 'Refreshed.')
    } catch (error) {
      const failure = error instanceof Problem ? error.failure : internalFailure(error, log)
      if (failure.kind !== 'refused') return result('unreachable', failure.message)
      return result('refused', failure.message, failure.clientRefused)
    }
  }

  return {
    async check(clientId, caller) {
      clients.record(clientId)
      const left = connections.views().filter((connection) => connection.clientId === clientId)
      const results: Checked[] = []
      async function work(): Promise<void> {
        for (let next = left.shift(); next; next = left.shift()) results.push(await tryOne(next.id, caller))
      }
      await Promise.all(Array.from({ length: atOnce }, work))
      return { results: results.toSorted((one, other) => one.name.localeCompare(other.name)) }
    },
  }
}
