// The OAuth core of every practice service: oidc-provider with the paths, lifetimes and token spellings of a profile.
// What it says is given the service's shape on the way out.
/// <reference path="./oidc-provider.d.ts" />
import type { ServerResponse } from 'node:http'
import { type Context, type InteractionModel, Provider, type TokenModel } from 'oidc-provider'
import type { Answer, Incoming } from './http.ts'
import type { Consent, ServiceProfile } from './profile.ts'
import { configureProvider, RESUME_COOKIE } from './provider-configuration.ts'
import { type Change, replay } from './replay.ts'
import { createTokenStore, type TokenStore } from './token-store.ts'

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
  /** Passes a request, changed or not, to oidc-provider, which writes the answer. */
  forward(request: Incoming, response: ServerResponse, change: Change): Promise<void>
  findInteraction(uid: string): Promise<InteractionModel | undefined>
  /** Writes down the person's decision and answers the path that carries on from it. */
  decide(interaction: InteractionModel, decision: { login: string } | { denied: string }): Promise<Change>
}

function applyAnswer(ctx: Context, answer: Answer): void {
  ctx.remove('WWW-Authenticate')
  ctx.status = answer.status
  ctx.body = answer.body ?? ''
  for (const [name, value] of Object.entries(answer.headers ?? {})) ctx.set(name, value)
}

/** The provider finds lifetimes and kinds by its models' class names, which a minified bundle takes away. */
function nameModels(provider: Provider): void {
  for (const name of MODELS) Object.defineProperty(provider[name], 'name', { value: name })
}

/** Puts the service's prefixes before the token values that the provider makes. */
function spellTokens(provider: Provider, profile: ServiceProfile): void {
  const { access = '', refresh = '', bot = '' } = profile.prefixes ?? {}
  const spell = (model: { prototype: TokenModel }, prefix: string): void => {
    const original = model.prototype.generateTokenId
    model.prototype.generateTokenId = function (this: TokenModel) {
      return prefix + original.call(this)
    }
  }
  spell(provider.AccessToken, access)
  spell(provider.RefreshToken, refresh)
  spell(provider.ClientCredentials, bot)
}

/** Builds the engine of one service, which answers at `baseUrl`. */
export function createEngine(profile: ServiceProfile, baseUrl: string, accessTokenLifetime: number): Engine {
  const store = createTokenStore(profile.rotation)
  const changes = new WeakMap<object, Change>()
  const provider = new Provider(
    baseUrl,
    configureProvider(profile, {
      baseUrl,
      accessTokenLifetime,
      store,
      findInstallation: (request) => changes.get(request)?.form?.get('app_installation_id') ?? null,
    }),
  )
  // Koa prints what a request threw; the answer already says it.
  provider.silent = true
  nameModels(provider)
  spellTokens(provider, profile)

  const shapeRedirect = (ctx: Context, location: string): void => {
    const url = new URL(location)
    url.searchParams.delete('iss')
    url.searchParams.delete('scope')
    if (url.searchParams.get('error') === 'invalid_scope') url.searchParams.set('error_description', INVALID_SCOPE)
    if (profile.outOfBandPath && location.startsWith(baseUrl)) url.searchParams.delete('state')
    const consent = changes.get(ctx.req)?.consent
    if (consent && url.searchParams.has('code')) profile.extendRedirect?.(url, consent)
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
    if (ctx.path === profile.paths.token) applyAnswer(ctx, profile.shapeTokenAnswer(draft))
    else if (ctx.path === profile.paths.revocation && profile.shapeRevocationAnswer)
      applyAnswer(ctx, profile.shapeRevocationAnswer(draft))
  })
  const answer = provider.callback()

  return {
    store,
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
        grant.addOIDCScope(scope)
        const grantId = await grant.save()
        interaction.result = { login: { accountId: decision.login, remember: false }, consent: { grantId } }
        consent = { login: decision.login, clientId, scope }
      }
      await interaction.save(interaction.exp - Math.floor(Date.now() / 1000))
      const { pathname } = new URL(interaction.returnTo)
      return { method: 'GET', url: pathname, cookie: `${RESUME_COOKIE}=${interaction.uid}`, consent }
    },
  }
}
