// The OAuth endpoints of a practice service as the network sees them: each request is brought into the one form that
// the engine understands, whichever of the forms the service accepts it came in.
import type { ServerResponse } from 'node:http'
import { consentPage, messagePage, pageHeaders } from './consent-page.ts'
import type { Engine } from './engine.ts'
import { type Answer, html, type Incoming, readForm } from './http.ts'
import type { ServiceProfile } from './profile.ts'
import { OUT_OF_BAND, translateScope } from './provider-configuration.ts'

export interface AuthorizationDesk {
  /** Answers, or passes to the engine and answers null; undefined when the path is none of its own. */
  answer(request: Incoming, response: ServerResponse): Promise<Answer | null | undefined>
}

const DENIED = 'The resource owner or authorization server denied the request.'

/** Moves HTTP Basic credentials into the form, as they stand: these services do not form-decode them first. */
export function readBasicCredentials(request: Incoming, form: URLSearchParams): void {
  const encoded = /^Basic (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (!encoded || form.has('client_secret')) return
  const [clientId = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  form.set('client_id', clientId)
  form.set('client_secret', secret.join(':'))
  delete request.headers.authorization
}

/** Makes the OAuth endpoints of one service. */
export function createAuthorizationDesk(profile: ServiceProfile, baseUrl: string, engine: Engine): AuthorizationDesk {
  const { paths } = profile
  const consentPath = /^\/consent\/([\w-]+)$/

  const nameRedirect = (parameters: URLSearchParams): void => {
    if (profile.outOfBandPath && parameters.get('redirect_uri') === OUT_OF_BAND)
      parameters.set('redirect_uri', `${baseUrl}${profile.outOfBandPath}`)
  }

  const authorize = async (request: Incoming, response: ServerResponse): Promise<null> => {
    const query = new URLSearchParams(request.query)
    query.set('scope', translateScope(query.get('scope'), profile))
    nameRedirect(query)
    await engine.forward(request, response, { method: 'GET', url: `${paths.authorization}?${query}` })
    return null
  }

  const exchange = async (request: Incoming, response: ServerResponse): Promise<Answer | null> => {
    const form = readForm(request)
    readBasicCredentials(request, form)
    nameRedirect(form)
    if (profile.scopes === null) form.delete('scope')
    else if (form.has('scope')) form.set('scope', translateScope(form.get('scope'), profile))
    const refusal = profile.checkTokenRequest?.(form, form.get('client_id') ?? '')
    if (refusal) return refusal
    await engine.forward(request, response, { method: 'POST', url: paths.token, form })
    return null
  }

  const revoke = async (request: Incoming, response: ServerResponse): Promise<null> => {
    const form = readForm(request)
    readBasicCredentials(request, form)
    await engine.forward(request, response, { method: 'POST', url: request.path, form })
    return null
  }

  const ask = (
    interaction: { params: Record<string, string | undefined> },
    path: string,
    complaint?: string,
  ): Answer => {
    const redirectUri = interaction.params.redirect_uri ?? ''
    const client = profile.clients.find(({ clientId }) => clientId === interaction.params.client_id)
    const body = consentPage(profile, {
      action: path,
      clientName: client?.name ?? 'this application',
      redirectUri: redirectUri.startsWith(baseUrl) ? 'a page that shows the code' : redirectUri,
      scopes: profile.scopes === null ? [] : (interaction.params.scope ?? '').split(' '),
      accounts: profile.accounts,
      complaint,
    })
    return html(complaint ? 400 : 200, body, pageHeaders(profile, redirectUri))
  }

  const consent = async (request: Incoming, response: ServerResponse, uid: string): Promise<Answer | null> => {
    const interaction = await engine.findInteraction(uid)
    if (!interaction) {
      const message = messagePage(profile, 'This request is over', ['Start again from the application.'])
      return html(404, message, pageHeaders(profile))
    }
    if (request.method !== 'POST') return ask(interaction, request.path)
    const form = readForm(request)
    const account = profile.accounts.find(({ login }) => login === form.get('account'))
    if (form.get('decision') === 'deny') {
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
