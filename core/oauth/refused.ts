// What was asked for where a server said no: what its refusal is told by.
import type { Pkce } from '../../contract/service.ts'
import type { Secret } from '../secret.ts'
import type { ClientCredentials } from './client-authentication.ts'

/** What a service's description says of the grant that was asked for. */
export interface GrantAdvice {
  name: string
  /** What has to be done at the service before it works; empty where nothing is known. */
  steps: string
  /** Where that is done. */
  page: string | null
  /** Its tokens are those of a place where the client was installed. */
  installs: boolean
}

export interface Refused {
  by: 'token_endpoint' | 'revocation_endpoint'
  /** What was asked for, to stand after "did not accept": "the code", "the refresh token". */
  what: string
  client: ClientCredentials
  grant?: GrantAdvice
  redirectUri?: string
  /** How the code was bound to the attempt. */
  pkce?: Pkce
  /** What we sent and the server may quote. */
  secrets: (Secret | null)[]
  /** The time (ms since the epoch). */
  now: () => number
}
