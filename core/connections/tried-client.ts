// A connection's client with another client authentication method than its own, while that is only tried: what was refused
// with one method may be accepted with another, and nothing is kept before it was.

import { methodFor, usingMethod } from '../../contract/client.ts'
import { clientAuthenticationWords } from '../../contract/client-authentication-words.ts'
import type { ClientAuthentication } from '../../contract/service.ts'
import { Problem, problem } from '../problem.ts'
import type { ClientRecord, ConnectionRecord } from '../records.ts'
import type { AlongWith } from './client-draft.ts'
import type { Context } from './context.ts'
import { isRefusal, type Refusal } from './previous-token.ts'
import { grantOf } from './token-source.ts'

export interface TriedClient {
  record: ClientRecord
  /** The method worked: the client has it from now on, for this grant alone where that has a method of its own. */
  alongWith: AlongWith
  /** What was kept, as a clause: `My client authenticates with “HTTP Basic (client_secret_basic)” from now on`. */
  words: string
  /** The error of the try, with the client's own method no longer among those worth trying: it was refused before. */
  refused(error: unknown): unknown
}

/** Throws `not_supported` where no client is used, `invalid_input` where the method needs a secret. */
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
    refused(error) {
      if (!isClientRefused(error)) return error
      const tryAuthentication = error.failure.tryAuthentication?.filter((one) => one !== before)
      return new Problem({ ...error.failure, tryAuthentication })
    },
  }
}

/** Whether an error says no more than that the client was refused with the method that was used. */
export function isClientRefused(error: unknown): error is Refusal {
  return isRefusal(error) && error.failure.tryAuthentication !== undefined
}
