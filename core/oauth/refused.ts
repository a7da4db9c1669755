// The context of a refused request, for explaining the refusal.
import type { Pkce } from '../../contract/service.ts'
import type { Secret } from '../secret.ts'
import type { ClientCredentials } from './client-authentication.ts'

/** What a service's description says about the requested grant. */
export interface GrantAdvice {
  name: string
  /** What has to be done at the service first; empty if unknown. */
  steps: string
  /** The page for that. */
  page: string | null
  /** Its tokens belong to an installation of the client. */
  installs: boolean
}

export interface Refused {
  by: 'token_endpoint' | 'revocation_endpoint'
  /** What was refused, as after "did not accept": "the code", "the refresh token". */
  what: string
  client: ClientCredentials
  grant?: GrantAdvice
  redirectUri?: string
  /** The PKCE method that was used. */
  pkce?: Pkce
  /** The secrets that we sent and the server may quote. */
  secrets: (Secret | null)[]
  /** The time (ms since the epoch). */
  now: () => number
}
