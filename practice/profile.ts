// What one service must say of itself for the shared engine and listener to play it.
import type { Answer, Route } from './http.ts'
import type { TokenStore } from './token-store.ts'

export type ServiceId = 'plane' | 'planio' | 'plannr' | 'agile-planner' | 'birdview'

export interface PracticeClient {
  name: string
  clientId: string
  clientSecret: string | null
  redirectUris: string[]
  clientAuthentication: 'body' | 'basic' | 'none'
  note?: string
}

export interface PracticeAccount {
  login: string
  password: string
  name: string
}

export interface PracticeKey {
  name: string
  value: string
}

/** What the token or revocation endpoint is about to say, before the service gives it its own shape. */
export interface Draft {
  status: number
  body: Record<string, unknown>
  form: URLSearchParams
}

/** Who allowed what: known on the redirect that follows the consent page. */
export interface Consent {
  login: string
  clientId: string
  scope: string
}

export interface ServiceProfile {
  id: ServiceId
  name: string
  /** One CSS colour for each scheme, dark enough (or light enough) for text on the page's background. */
  colour: { light: string; dark: string }
  clients: PracticeClient[]
  accounts: PracticeAccount[]
  apiKeys?: PracticeKey[]
  paths: { authorization: string; token: string; revocation?: string }
  /** Null where any scope is accepted and none is reported. */
  scopes: string[] | null
  defaultScope: string
  /** Seconds. */
  accessTokenLifetime: number
  refreshTokenLifetime: number | null
  /** What becomes of a refresh token that was used. */
  rotation: 'replace' | 'keep' | 'until-used'
  prefixes?: { access: string; refresh: string; bot: string }
  grants: string[]
  /** Out-of-band redirect: the page of the service's own that shows the code. */
  outOfBandPath?: string
  /** Refuses a token request for a reason that the engine does not know. */
  checkTokenRequest?(form: URLSearchParams, clientId: string): Answer | null
  shapeTokenAnswer(draft: Draft): Answer
  shapeRevocationAnswer?(draft: Draft): Answer
  /** Adds what the service puts on its redirect beside `code` and `state`. */
  extendRedirect?(url: URL, consent: Consent): void
  /** The service's way to say that there is nothing at a path. */
  notFound(path: string): Answer
  routes(store: TokenStore, baseUrl: string): Route[]
}

const WEEK = 7 * 24 * 3600

/** Long enough to count as "does not expire" in a process that a person starts to try things. */
export const FOREVER = 520 * WEEK

/** The redirect URIs of every practice client: loopback with any port, and one fixed port to register exactly. */
export const LOOPBACK_REDIRECTS = ['http://127.0.0.1/callback', 'http://127.0.0.1:53682/callback']

export const PRACTICE_ACCOUNTS: PracticeAccount[] = [
  { login: 'ada', password: 'ada-practice', name: 'Ada' },
  { login: 'alice', password: 'alice-practice', name: 'Alice' },
]
