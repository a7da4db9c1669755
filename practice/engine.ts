// The OAuth core of every practice service: oidc-provider with a profile's paths, lifetimes and token formats. Its
// responses are given the service's shape afterwards.
/// <reference path="./oidc-provider.d.ts" />
import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { type Context, type InteractionModel, Provider, type TokenModel } from 'oidc-provider'
import { createDeviceCodes, DEVICE_CODE, type DeviceCodes } from './device-codes.ts'
import { addDeviceGrant } from './device-grant.ts'
import type { Answer, Incoming } from './http.ts'
import { addPasswordGrant } from './password-grant.ts'
import type { Consent, ServiceProfile } from './profile.ts'
import { configureProvider, RESUME_COOKIE } from './provider-configuration.ts'
import { bendTokenAnswer, OWN_CODES } from './quirk-answers.ts'
import type { Quirks } from './quirks.ts'
import { type Change, replay } from './replay.ts'
import { createTokenStore, type Rotation, type TokenStore } from './token-store.ts'

const MODELS = [
  'AccessToken',
  'AuthorizationCode',
  'ClientCredentials',
  'Grant',
  'Interaction',
  'RefreshToken',
  'Session',
] as const
const INVALID_SCOPE = 'The requested scope is invalid, unknown, or malformed.'

export interface Engine {
  store: TokenStore
  devices: DeviceCodes
  /** The secret that stands in for an authenticated client's own. */
  innerSecret: string
  /** Passes a request, possibly changed, to oidc-provider, which writes the response. */
  forward(request: Incoming, response: ServerResponse, change: Change): Promise<void>
  findInteraction(uid: string): Promise<InteractionModel | undefined>
  /** Records the person's decision and returns the path to continue at. */
  decide(interaction: InteractionModel, decision: { login: string } | { denied: string }): Promise<Change>
}

function applyAnswer(ctx: Context, answer: Answer): void {
  ctx.remove('WWW-Authenticate')
  ctx.status = answer.status
  ctx.body = answer.body ?? ''
  ctx.remove('Content-Type')
  for (const [name, value] of Object.entries(answer.headers ?? {})) ctx.set(name, value)
}

/** The provider looks up lifetimes and kinds by its models' class names, which minifying removes. */
function nameModels(provider: Provider): void {
  for (const name of MODELS) Object.defineProperty(provider[name], 'name', { value: name })
}

/** Characters. */
const LONG_CODE = 788
const LONG_TOKEN = 640

/** Looks like a JWT, but its signature is random. */
function asJwt(id: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none', typ: 'at+jwt' })}.${part({ jti: id })}.`
}

/** Adds the service's prefixes to the tokens that the provider makes. */
function spellTokens(provider: Provider, profile: ServiceProfile, quirks: Quirks): void {
  const { access = '', refresh = '', bot = '' } = profile.prefixes ?? {}
  const spell = (model: { prototype: TokenModel }, prefix: string, longest: number): void => {
    const original = model.prototype.generateTokenId
    model.prototype.generateTokenId = function (this: TokenModel) {
      const isJwt = model === provider.AccessToken && quirks.isOn('jwt-outlives-revocation')
      const value = isJwt ? asJwt(original.call(this)) : prefix + original.call(this)
      return quirks.isOn('long-tokens') ? value.padEnd(longest, 'x') : value
    }
  }
  spell(provider.AccessToken, access, LONG_TOKEN)
  spell(provider.RefreshToken, refresh, LONG_TOKEN)
  spell(provider.ClientCredentials, bot, 2 * LONG_TOKEN)
  spell(provider.AuthorizationCode, '', LONG_CODE)
}

function rotationOf(quirks: Quirks): Rotation {
  if (quirks.isOn('refresh-rotates')) return 'replace'
  if (quirks.isOn('refresh-until-used')) return 'until-used'
  return quirks.isOn('reuse-kills-family') ? 'remember' : 'stay'
}

/** Splits the requested scopes into granted and withheld ones. */
function divideScopes(scope: string, quirks: Quirks): [granted: string, withheld: string] {
  const asked = scope.split(' ')
  const end = quirks.isOn('fewer-scopes') && asked.length > 1 ? asked.length - 1 : asked.length
  return [asked.slice(0, end).join(' '), asked.slice(end).join(' ')]
}

/** Builds the engine of one service, which answers at `baseUrl`. */
export function createEngine(
  profile: ServiceProfile,
  baseUrl: string,
  accessTokenLifetime: number,
  quirks: Quirks,
): Engine {
  const store = createTokenStore({
    rotation: () => rotationOf(quirks),
    takesLowerCase: () => !quirks.isOn('lower-case-header-refused'),
  })
  const innerSecret = randomBytes(24).toString('hex')
  const changes = new WeakMap<object, Change>()
  const findRemembered = (request: object) => changes.get(request)?.remember
  const settings = { baseUrl, accessTokenLifetime, store, quirks, innerSecret, findRemembered }
  const provider = new Provider(baseUrl, configureProvider(profile, settings))
  // Koa would print request errors, which the response already reports.
  provider.silent = true
  nameModels(provider)
  spellTokens(provider, profile, quirks)
  if (profile.grants.includes('password')) addPasswordGrant(provider, profile.accounts)
  const devices = createDeviceCodes(quirks)
  if (profile.grants.includes(DEVICE_CODE)) addDeviceGrant(provider, devices)

  const shapeRedirect = (ctx: Context, location: string): void => {
    const url = new URL(location)
    url.searchParams.delete('iss')
    url.searchParams.delete('scope')
    if (url.searchParams.get('error') === 'invalid_scope') url.searchParams.set('error_description', INVALID_SCOPE)
    const own = OWN_CODES[url.searchParams.get('error') ?? '']
    if (own && quirks.isOn('own-error-codes')) url.searchParams.set('error', own)
    const losesState = url.searchParams.has('error') && quirks.isOn('error-without-state')
    if (losesState || (profile.outOfBandPath && location.startsWith(baseUrl))) url.searchParams.delete('state')
    const consent = changes.get(ctx.req)?.consent
    if (consent && url.searchParams.has('code')) profile.extendRedirect?.(url, consent, quirks)
    ctx.body = ''
    ctx.set('Location', url.href)
  }

  provider.use(async (ctx, next) => {
    await next()
    ctx.remove('Set-Cookie')
    const location = ctx.response.get('Location')
    if (location && !location.startsWith('/')) shapeRedirect(ctx, location)
    const draft = {
      status: ctx.status,
      body: (typeof ctx.body === 'object' && ctx.body !== null ? ctx.body : {}) as Record<string, unknown>,
      form: changes.get(ctx.req)?.form ?? new URLSearchParams(),
    }
    if (ctx.path === profile.paths.token)
      applyAnswer(ctx, bendTokenAnswer(profile.shapeTokenAnswer(draft), draft, quirks))
    else if (ctx.path === profile.paths.revocation && profile.shapeRevocationAnswer)
      applyAnswer(ctx, profile.shapeRevocationAnswer(draft))
  })
  const answer = provider.callback()

  return {
    store,
    devices,
    innerSecret,
    async forward(request, response, change) {
      const replayed = replay(request, change, new URL(baseUrl).host)
      changes.set(replayed, change)
      await answer(replayed, response)
    },
    findInteraction: (uid) => provider.Interaction.find(uid),
    async decide(interaction, decision) {
      const { client_id: clientId = '', scope = '' } = interaction.params
      let consent: Consent | undefined
      if ('denied' in decision) {
        interaction.result = { error: 'access_denied', error_description: decision.denied }
      } else {
        const grant = new provider.Grant({ accountId: decision.login, clientId })
        const [granted, withheld] = divideScopes(scope, quirks)
        grant.addOIDCScope(granted)
        // Must be rejected explicitly, or the engine would ask the person again.
        if (withheld) grant.rejectOIDCScope(withheld)
        const grantId = await grant.save()
        interaction.result = { login: { accountId: decision.login, remember: false }, consent: { grantId } }
        consent = { login: decision.login, clientId, scope: granted }
      }
      await interaction.save(interaction.exp - Math.floor(Date.now() / 1000))
      const { pathname } = new URL(interaction.returnTo)
      return { method: 'GET', url: pathname, cookie: `${RESUME_COOKIE}=${interaction.uid}`, consent }
    },
  }
}
