// The OAuth endpoints of a practice service as the network sees them: each request is brought into the one form that
// the engine understands, whichever of the forms the service accepts it came in.
import type { ServerResponse } from 'node:http'
import { bendChallenge, translateScope } from './authorization-request.ts'
import { authenticateClient } from './client-authentication.ts'
import type { ClientBook } from './clients.ts'
import { consentPage, messagePage, pageHeaders } from './consent-page.ts'
import type { Engine } from './engine.ts'
import { type Answer, html, type Incoming, readForm } from './http.ts'
import type { ServiceProfile } from './profile.ts'
import { OUT_OF_BAND } from './provider-configuration.ts'
import type { Quirks } from './quirks.ts'

export interface AuthorizationDesk {
  /** Answers, or passes to the engine and answers null; undefined when the path is none of its own. */
  answer(request: Incoming, response: ServerResponse): Promise<Answer | null | undefined>
}

interface Desk {
  profile: ServiceProfile
  baseUrl: string
  engine: Engine
  clients: ClientBook
  quirks: Quirks
}

type Interaction = { params: Record<string, string | undefined> }

const DENIED = 'The resource owner or authorization server denied the request.'

/** Known to the service never, so that revoking it changes nothing. */
const NO_TOKEN = 'practice-no-token'

/** Makes the OAuth endpoints of one service. */
export function createAuthorizationDesk(desk: Desk): AuthorizationDesk {
  const { profile, baseUrl, engine, clients, quirks } = desk
  const { paths } = profile
  const consentPath = /^\/consent\/([\w-]+)$/
  const authentication = { clients, quirks, innerSecret: engine.innerSecret }

  const nameRedirect = (parameters: URLSearchParams): void => {
    if (profile.outOfBandPath && parameters.get('redirect_uri') === OUT_OF_BAND)
      parameters.set('redirect_uri', `${baseUrl}${profile.outOfBandPath}`)
  }

  const say = (status: number, title: string, text: string): Answer =>
    html(status, messagePage(profile, title, [text]), pageHeaders(profile))

  const isExact = (query: URLSearchParams): boolean => {
    const registered = clients.find(query.get('client_id') ?? '')?.redirectUris ?? []
    return registered.includes(query.get('redirect_uri') ?? '')
  }

  const authorize = async (request: Incoming, response: ServerResponse): Promise<Answer | null> => {
    const query = new URLSearchParams(request.query)
    if (quirks.isOn('redirect-exact') && !isExact(query))
      return say(400, 'This authorization request is refused', 'The redirect_uri is not one that is registered.')
    query.set('scope', translateScope(query.get('scope'), profile))
    bendChallenge(query, quirks)
    nameRedirect(query)
    await engine.forward(request, response, { method: 'GET', url: `${paths.authorization}?${query}` })
    return null
  }

  const exchange = async (request: Incoming, response: ServerResponse): Promise<Answer | null> => {
    const form = readForm(request)
    const isKnown = authenticateClient(request, form, authentication)
    nameRedirect(form)
    const verdict = isKnown ? profile.checkTokenRequest?.(form, form.get('client_id') ?? '') : null
    if (verdict && 'refusal' in verdict) return verdict.refusal
    if (profile.scopes === null) form.delete('scope')
    else if (form.has('scope')) form.set('scope', translateScope(form.get('scope'), profile))
    await engine.forward(request, response, { method: 'POST', url: paths.token, form, remember: verdict?.remember })
    return null
  }

  const revoke = async (request: Incoming, response: ServerResponse): Promise<null> => {
    const form = readForm(request)
    const isKnown = authenticateClient(request, form, authentication)
    if (isKnown && quirks.isOn('revocation-refresh-only'))
      engine.store.dropRefreshToken(form.get('token') ?? '', form.get('client_id') ?? '')
    if (quirks.isOn('revocation-refresh-only') || quirks.isOn('revocation-does-nothing')) form.set('token', NO_TOKEN)
    await engine.forward(request, response, { method: 'POST', url: request.path, form })
    return null
  }

  const ask = (interaction: Interaction, path: string, complaint?: string): Answer => {
    const redirectUri = interaction.params.redirect_uri ?? ''
    const body = consentPage(profile, {
      action: path,
      clientName: clients.find(interaction.params.client_id ?? '')?.name ?? 'this application',
      redirectUri: redirectUri.startsWith(baseUrl) ? 'a page that shows the code' : redirectUri,
      scopes: profile.scopes === null ? [] : (interaction.params.scope ?? '').split(' '),
      accounts: profile.accounts,
      complaint,
    })
    return html(complaint ? 400 : 200, body, pageHeaders(profile, redirectUri))
  }

  const consent = async (request: Incoming, response: ServerResponse, uid: string): Promise<Answer | null> => {
    const interaction = await engine.findInteraction(uid)
    if (!interaction) return say(404, 'This request is over', 'Start again from the application.')
    if (request.method !== 'POST') return ask(interaction, request.path)
    const form = readForm(request)
    const account = profile.accounts.find(({ login }) => login === form.get('account'))
    if (form.get('decision') === 'deny') {
      if (quirks.isOn('denial-stays')) return say(200, 'You denied access', 'You can close this page.')
      await engine.forward(request, response, await engine.decide(interaction, { denied: DENIED }))
      return null
    }
    if (form.get('decision') !== 'allow' || !account)
      return ask(interaction, request.path, 'Choose an account, then Allow or Deny.')
    await engine.forward(request, response, await engine.decide(interaction, { login: account.login }))
    return null
  }

  return {
    async answer(request, response) {
      const uid = consentPath.exec(request.path)?.[1]
      if (uid) return consent(request, response, uid)
      const call = `${request.method} ${request.path}`
      if (call === `GET ${paths.authorization}`) return authorize(request, response)
      if (call === `POST ${paths.token}`) return exchange(request, response)
      if (paths.revocation && call === `POST ${paths.revocation}`) return revoke(request, response)
      return undefined
    },
  }
}
