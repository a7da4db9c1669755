// How oidc-provider is set up for a service: no OpenID Connect, no session that outlives a visit, nothing left to a
// default that would print a warning.
/// <reference path="./oidc-provider.d.ts" />
import { generateKeyPairSync } from 'node:crypto'
import type { Context } from 'oidc-provider'
import { messagePage, pageHeaders } from './consent-page.ts'
import type { PracticeClient, ServiceProfile } from './profile.ts'
import type { TokenStore } from './token-store.ts'

/** Registered at no client, so that asking for it makes the provider refuse with `invalid_scope`. */
const REFUSED_SCOPE = 'practice:no-such-scope'
/** Stands in for "whatever you like" where a service does not know scopes. */
const ANY_SCOPE = 'practice:any'
/** The URI by which a client asks for the code to be shown on a page of the service's own. */
export const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob'
/** Never sent to a browser: the engine adds it to the one request that carries on after the consent page. */
export const RESUME_COOKIE = 'practice_resume'

export interface ProviderSettings {
  baseUrl: string
  /** Seconds. */
  accessTokenLifetime: number
  store: TokenStore
  /** The installation that the token request at hand names. */
  findInstallation(request: object): string | null
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

function registration(client: PracticeClient, profile: ServiceProfile, outOfBand: string[]): Record<string, unknown> {
  return {
    client_id: client.clientId,
    ...(client.clientSecret === null ? {} : { client_secret: client.clientSecret }),
    client_name: client.name,
    application_type: 'native',
    redirect_uris: [...client.redirectUris.filter((uri) => uri !== OUT_OF_BAND), ...outOfBand],
    grant_types: profile.grants,
    response_types: ['code'],
    token_endpoint_auth_method: client.clientSecret === null ? 'none' : 'client_secret_post',
    scope: (profile.scopes ?? [ANY_SCOPE]).join(' '),
  }
}

/** The scope that the provider is to see in place of the one asked for. */
export function translateScope(asked: string | null, profile: ServiceProfile): string {
  if (profile.scopes === null) return ANY_SCOPE
  const wanted = (asked ?? '').split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return profile.defaultScope
  return wanted.every((scope) => profile.scopes?.includes(scope)) ? wanted.join(' ') : REFUSED_SCOPE
}

async function renderError(profile: ServiceProfile, ctx: Context, out: Record<string, unknown>): Promise<void> {
  ctx.type = 'text/html; charset=utf-8'
  for (const [name, value] of Object.entries(pageHeaders(profile))) ctx.set(name, value)
  const words = [out.error, out.error_description].filter((word) => typeof word === 'string')
  ctx.body = messagePage(profile, 'This authorization request is refused', words)
}

/** The whole configuration of one service's provider. */
export function configureProvider(profile: ServiceProfile, settings: ProviderSettings): Record<string, unknown> {
  const { baseUrl, accessTokenLifetime, store, findInstallation } = settings
  const { authorization, token, revocation = '/practice/no-revocation' } = profile.paths
  const outOfBand = profile.outOfBandPath ? [`${baseUrl}${profile.outOfBandPath}`] : []
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  const refreshTokenLifetime = profile.refreshTokenLifetime ?? accessTokenLifetime
  return {
    ...SHARED_CONFIGURATION,
    adapter: store.adapter,
    jwks: { keys: [key] },
    clients: profile.clients.map((client) => registration(client, profile, outOfBand)),
    scopes: [...(profile.scopes ?? [ANY_SCOPE]), REFUSED_SCOPE],
    features: features(profile),
    routes: { authorization, token, revocation },
    issueRefreshToken: async () => profile.refreshTokenLifetime !== null,
    rotateRefreshToken: profile.rotation !== 'keep',
    extraTokenClaims: async (ctx: { req: object }) => {
      const installation = findInstallation(ctx.req)
      return installation ? { app_installation_id: installation } : undefined
    },
    ttl: {
      AccessToken: accessTokenLifetime,
      ClientCredentials: accessTokenLifetime,
      AuthorizationCode: 600,
      RefreshToken: refreshTokenLifetime,
      Grant: refreshTokenLifetime + accessTokenLifetime,
      Interaction: 3600,
      Session: 3600,
    },
    renderError: (ctx: Context, out: Record<string, unknown>) => renderError(profile, ctx, out),
  }
}
