// What a service has to define for the shared engine and listener to imitate it.
import type { ClientStore, PracticeClient } from './clients.ts'
import type { DeviceCodes } from './device-codes.ts'
import type { Answer, Route } from './http.ts'
import type { QuirkSet } from './quirk-catalogue.ts'
import type { Quirks } from './quirks.ts'
import type { TokenStore } from './token-store.ts'

export type ServiceId = 'plane' | 'planio' | 'plannr' | 'agile-planner' | 'birdview'

export interface PracticeAccount {
  login: string
  password: string
  name: string
}

export interface PracticeKey {
  name: string
  value: string
  /** The header it is sent in, and the prefix there. */
  header: string
  prefix: string
}

/** A page of the service that people open. */
export interface PracticePage {
  path: string
  name: string
}

/** A response of the token or revocation endpoint, before the service gives it its own shape. */
export interface Draft {
  status: number
  body: Record<string, unknown>
  form: URLSearchParams
}

/** Who allowed what, known at the redirect after the consent page. */
export interface Consent {
  login: string
  clientId: string
  scope: string
}

/** What a service's API needs. */
export interface ServiceContext {
  store: TokenStore
  baseUrl: string
  clients: ClientStore
  quirks: Quirks
  devices: DeviceCodes
}

/** A service's own check of a token request: refused, or extra facts to store with its token. */
export type TokenRequestVerdict = { refusal: Answer } | { remember: Record<string, string> } | null

export interface ServiceProfile {
  id: ServiceId
  name: string
  /** A sentence or two for the index page. */
  about: string
  /** One CSS colour for each scheme, dark enough (or light enough) for text on the page's background. */
  colour: { light: string; dark: string }
  clients: PracticeClient[]
  accounts: PracticeAccount[]
  apiKeys?: PracticeKey[]
  paths: { authorization: string; token: string; revocation?: string; deviceAuthorization?: string }
  /** The page where a device's user code is entered. */
  devicePath?: string
  /** Null if any scope is accepted and none is reported. */
  scopes: string[] | null
  defaultScope: string
  /** Seconds. */
  accessTokenLifetime: number
  refreshTokenLifetime: number
  quirks: QuirkSet
  prefixes?: { access: string; refresh: string; bot: string }
  grants: string[]
  /** The root of its OAuth URLs, if they have one of their own. */
  oauthRoot?: string
  /** Its pages for people, besides the index and the quirks. */
  pages: PracticePage[]
  /** Out-of-band redirect: the service's page that shows the code. */
  outOfBandPath?: string
  /** Checks an authenticated client's token request for what the engine does not know. */
  checkTokenRequest?(form: URLSearchParams, clientId: string): TokenRequestVerdict
  shapeTokenAnswer(draft: Draft): Answer
  shapeRevocationAnswer?(draft: Draft): Answer
  /** Adds the service's redirect parameters besides `code` and `state`. */
  extendRedirect?(url: URL, consent: Consent, quirks: Quirks): void
  /** Its API's answer to too many requests; a plain 429 otherwise. */
  tooMany?(path: string): Answer
  /** The service's 404. */
  notFound(path: string): Answer
  routes(context: ServiceContext): Route[]
}

const WEEK = 7 * 24 * 3600

/** Long enough to count as "does not expire" in a process that a person starts to try things. */
export const FOREVER = 520 * WEEK

/**
 * The redirect URIs of every practice client: loopback with any port, one fixed port to register exactly, and some as an app
 * registers that was made before.
 */
export const PRACTICE_REDIRECTS = [
  'http://127.0.0.1/callback',
  'http://127.0.0.1:53682/callback',
  'http://localhost/oauth/callback',
  'http://[::1]/cb',
  'https://app.example.com/oauth/callback',
  'com.example.app:/cb',
]

/** A client whose secret HTTP Basic encodes differently in its two variants, to find out which one a service reads. */
export function difficultClient(id: ServiceId, redirectUris = PRACTICE_REDIRECTS): PracticeClient {
  return {
    name: 'App with a difficult secret',
    clientId: `${id}-difficult-app`,
    clientSecret: 'dif+fi%63ult:se/cret&1=',
    redirectUris,
    clientAuthentication: 'body',
    note: 'Raw and form-encoded, its secret differs.',
  }
}

export const PRACTICE_ACCOUNTS: PracticeAccount[] = [
  { login: 'ada', password: 'ada-practice', name: 'Ada' },
  { login: 'alice', password: 'alice-practice', name: 'Alice' },
]
