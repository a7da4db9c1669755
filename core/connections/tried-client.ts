// Tries another client authentication method for a connection's client: a server that refuses one method may accept another.
// Stored only once it worked.

import { methodFor, usingMethod } from '../../contract/client.ts'
import { clientAuthenticationWords } from '../../contract/client-authentication-words.ts'
import type { PersonsDecision } from '../../contract/flow/decision.ts'
import type { ClientAuthentication } from '../../contract/service.ts'
import { problem } from '../problem.ts'
import type { ClientRecord, ConnectionRecord } from '../records.ts'
import type { AlongWith } from './client-draft.ts'
import type { Context } from './context.ts'
import { isRefusal, type Refusal } from './previous-token.ts'
import { grantOf } from './token-source.ts'

export interface TriedClient {
  record: ClientRecord
  /** Stores the method once it worked, for this grant only if the grant has a method of its own. */
  alongWith: AlongWith
  /** What was stored, as a clause: `My client authenticates with “HTTP Basic (client_secret_basic)” from now on`. */
  words: string
  decision: PersonsDecision
  /** The error of the try, no longer suggesting the client's own method, which was refused before. */
  refused(error: unknown): unknown
}

/** Throws `not_supported` if there is no client, `invalid_input` if the method needs a secret. */
export async function triedClient(
  { clients, services }: Pick<Context, 'clients' | 'services'>,
  connection: Pick<ConnectionRecord, 'clientId' | 'serviceId' | 'grantId'>,
  clientAuthentication: ClientAuthentication,
): Promise<TriedClient> {
  if (!connection.clientId) throw problem('not_supported', 'This token was not obtained by a client.')
  const grant = grantOf(services.find(connection.serviceId), connection.grantId)
  const client = clients.view(connection.clientId)
  const { id, name, serviceId, baseUrl, clientId, redirect } = client
  const methods = usingMethod(client, grant, clientAuthentication)
  const before = methodFor(client, grant)
  const draft = await clients.draft({ id, name, serviceId, baseUrl, clientId, redirect, ...methods })
  return {
    record: draft.record,
    words: `${name} authenticates with “${clientAuthenticationWords[clientAuthentication]}”${grant.clientAuthentication ? ` for ${grant.name}` : ''} from now on`,
    alongWith: draft.alongWith,
    decision: { question: 'client_authentication', choice: clientAuthentication, stored: before },
    refused(error) {
      if (!isClientRefused(error)) return error
      const tryAuthentication = error.failure.tryAuthentication?.filter((one) => one !== before)
      return error.as({ ...error.failure, tryAuthentication })
    },
  }
}

/** Whether an error only says that the client was refused. */
export function isClientRefused(error: unknown): error is Refusal {
  return isRefusal(error) && error.failure.tryAuthentication !== undefined
}
