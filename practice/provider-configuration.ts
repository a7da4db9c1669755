// Configures oidc-provider for a service: no OpenID Connect, no session beyond one visit, and no default that would print
// a warning.
/// <reference path="./oidc-provider.d.ts" />
import { generateKeyPairSync } from 'node:crypto'
import type { Context } from 'oidc-provider'
import type { PracticeClient } from './clients.ts'
import { messagePage, pageHeaders } from './consent-page.ts'
import type { ServiceProfile } from './profile.ts'
import type { Quirks } from './quirks.ts'
import type { TokenStore } from './token-store.ts'

/** No client has it, so requesting it makes the provider answer `invalid_scope`. */
export const REFUSED_SCOPE = 'practice:no-such-scope'
/** Used internally for services that accept any scope. */
export const ANY_SCOPE = 'practice:any'
/** The redirect URI that asks the service to show the code on a page of its own. */
export const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob'
/** Never sent to a browser: the engine adds it to the request that continues after the consent page. */
export const RESUME_COOKIE = 'practice_resume'

export interface ProviderSettings {
  baseUrl: string
  /** Seconds. */
  accessTokenLifetime: number
  store: TokenStore
  quirks: Quirks
  /** The secret that every client has inside the engine; the real ones are checked before. */
  innerSecret: string
  /** The extra facts to store with this request's token. */
  findRemembered(request: object): Record<string, string> | undefined
}

const SHARED_CONFIGURATION = {
  clockTolerance: 0,
  claims: {},
  clientBasedCORS: () => false,
  expiresWithSession: () => false,
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  cookies: {
    names: { session: 'practice_session', interaction: 'practice_interaction', resume: RESUME_COOKIE },
    keys: [],
  },
  pkce: { required: () => false },
  findAccount: (_ctx: unknown, login: string) => ({ accountId: login, claims: async () => ({ sub: login }) }),
  interactions: { url: (_ctx: unknown, interaction: { uid: string }) => `/consent/${interaction.uid}` },
}

function features(profile: ServiceProfile): Record<string, unknown> {
  const off = { enabled: false }
  return {
    devInteractions: off,
    dPoP: off,
    pushedAuthorizationRequests: off,
    resourceIndicators: off,
    rpInitiatedLogout: off,
    userinfo: off,
    clientCredentials: { enabled: profile.grants.includes('client_credentials') },
    revocation: {
      enabled: profile.paths.revocation !== undefined,
      allowedPolicy: (_ctx: unknown, client: { clientId: string }, token: { clientId: string }) =>
        client.clientId === token.clientId,
    },
  }
}

function registration(
  client: PracticeClient,
  profile: ServiceProfile,
  { innerSecret, baseUrl }: ProviderSettings,
): Record<string, unknown> {
  const isShown = profile.outOfBandPath !== undefined && client.redirectUris.includes(OUT_OF_BAND)
  const outOfBand = isShown ? [`${baseUrl}${profile.outOfBandPath}`] : []
  return {
    client_id: client.clientId,
    ...(client.clientSecret === null ? {} : { client_secret: innerSecret }),
    client_name: client.name,
    application_type: 'native',
    redirect_uris: [...client.redirectUris.filter((uri) => uri !== OUT_OF_BAND), ...outOfBand],
    grant_types: profile.grants,
    response_types: ['code'],
    token_endpoint_auth_method: client.clientSecret === null ? 'none' : 'client_secret_post',
    scope: (profile.scopes ?? [ANY_SCOPE]).join(' '),
  }
}

async function renderError(profile: ServiceProfile, ctx: Context, out: Record<string, unknown>): Promise<void> {
  ctx.type = 'text/html; charset=utf-8'
  for (const [name, value] of Object.entries(pageHeaders(profile))) ctx.set(name, value)
  const words = [out.error, out.error_description].filter((word) => typeof word === 'string')
  ctx.body = messagePage(profile, 'This authorization request is refused', words)
}

export function configureProvider(profile: ServiceProfile, settings: ProviderSettings): Record<string, unknown> {
  const { accessTokenLifetime, store, quirks, findRemembered } = settings
  const { authorization, token, revocation = '/practice/no-revocation' } = profile.paths
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  return {
    ...SHARED_CONFIGURATION,
    adapter: store.adapter,
    jwks: { keys: [key] },
    clients: profile.clients.map((client) => registration(client, profile, settings)),
    scopes: [...(profile.scopes ?? [ANY_SCOPE]), REFUSED_SCOPE],
    features: features(profile),
    routes: { authorization, token, revocation },
    issueRefreshToken: async () => true,
    rotateRefreshToken: () => !quirks.isOn('refresh-same') && !quirks.isOn('refresh-none'),
    extraTokenClaims: async (ctx: { req: object }) => findRemembered(ctx.req),
    ttl: {
      AccessToken: accessTokenLifetime,
      ClientCredentials: accessTokenLifetime,
      AuthorizationCode: 600,
      RefreshToken: profile.refreshTokenLifetime,
      Grant: profile.refreshTokenLifetime + accessTokenLifetime,
      Interaction: 3600,
      Session: 3600,
    },
    renderError: (ctx: Context, out: Record<string, unknown>) => renderError(profile, ctx, out),
  }
}
