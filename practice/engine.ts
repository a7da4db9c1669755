// The OAuth core of every practice service: oidc-provider with the paths, lifetimes and token spellings of a profile.
// What it says is given the service's shape on the way out.
/// <reference path="./oidc-provider.d.ts" />
import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { type Context, type InteractionModel, Provider, type TokenModel } from 'oidc-provider'
import type { Answer, Incoming } from './http.ts'
import { addPasswordGrant } from './password-grant.ts'
import type { Consent, ServiceProfile } from './profile.ts'
import { configureProvider, RESUME_COOKIE } from './provider-configuration.ts'
import { bendTokenAnswer } from './quirk-answers.ts'
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
  /** What a client's proven identity is handed on with. */
  innerSecret: string
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
  ctx.remove('Content-Type')
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

function rotationOf(quirks: Quirks): Rotation {
  if (quirks.isOn('refresh-rotates')) return 'replace'
  if (quirks.isOn('refresh-until-used')) return 'until-used'
  return quirks.isOn('reuse-kills-family') ? 'remember' : 'stay'
}

/** The scopes that are granted of those asked for, and those that are not. */
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
  // Koa prints what a request threw; the answer already says it.
  provider.silent = true
  nameModels(provider)
  spellTokens(provider, profile)
  if (profile.grants.includes('password')) addPasswordGrant(provider, profile.accounts)

  const shapeRedirect = (ctx: Context, location: string): void => {
    const url = new URL(location)
    url.searchParams.delete('iss')
    url.searchParams.delete('scope')
    if (url.searchParams.get('error') === 'invalid_scope') url.searchParams.set('error_description', INVALID_SCOPE)
    const losesState = url.searchParams.has('error') && quirks.isOn('error-without-state')
    if (losesState || (profile.outOfBandPath && location.startsWith(baseUrl))) url.searchParams.delete('state')
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
    if (ctx.path === profile.paths.token)
      applyAnswer(ctx, bendTokenAnswer(profile.shapeTokenAnswer(draft), draft, quirks))
    else if (ctx.path === profile.paths.revocation && profile.shapeRevocationAnswer)
      applyAnswer(ctx, profile.shapeRevocationAnswer(draft))
  })
  const answer = provider.callback()

  return {
    store,
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
        // Said to be refused, or the engine would ask the person again.
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
