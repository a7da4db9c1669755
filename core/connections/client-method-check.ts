// Says in each flow where a client authenticates by a method that its server does not offer, as far as its description knows.
import { methodFor } from '../../contract/client.ts'
import type { ClientAuthentication, Service } from '../../contract/service.ts'
import { credentialEncode } from '../flows/secret-pattern.ts'
import type { Secret } from '../secret.ts'
import type { Source } from './token-source.ts'

/** Both are Basic; which encoding a server expects, its metadata does not say. */
const plain = (method: ClientAuthentication) => (method === 'basic-raw' ? 'basic' : method)

/** Nothing is recorded where the method is offered, and can be sent in one way only. */
export function checkClientMethod({
  service,
  grant,
  client,
  clientSecret,
  recording,
}: Pick<Source, 'service' | 'grant' | 'client' | 'clientSecret' | 'recording'>): void {
  const method = clientSecret ? methodFor(client, grant) : 'none'
  if (method.startsWith('basic') && hasTwoSpellings(client.clientId, clientSecret)) {
    recording.check({ which: 'basic_spelling', found: method, result: 'unconfirmed', reason: 'servers_differ' })
  }
  const { allowed } = service.clientAuthentication
  const offered = isGuess(service)
    ? []
    : [...allowed, ...(grant.clientAuthentication ? [grant.clientAuthentication] : [])]
  if (offered.some((one) => plain(one) === plain(method))) return
  const facts = { which: 'client_authentication', expected: offered, found: method } as const
  recording.check({ ...facts, result: 'unconfirmed', reason: 'not_promised' })
}

/** Whether the issuer's metadata names no method that Grantdesk knows, so that the description's are a guess. */
function isGuess({ issuer, unverified }: Service): boolean {
  return issuer !== undefined && unverified.includes('clientAuthentication')
}

/** @see RFC 6749 §2.3.1 */
function hasTwoSpellings(clientId: string, clientSecret: Secret | null): boolean {
  return [clientId, clientSecret?.reveal() ?? ''].some((text) => credentialEncode(text) !== text)
}
