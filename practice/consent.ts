// The consent of a practice service: asks which account allows the request, or answers by itself where a quirk says so.
import type { ServerResponse } from 'node:http'
import type { ClientStore } from './clients.ts'
import { consentPage, messagePage, pageHeaders } from './consent-page.ts'
import type { Engine } from './engine.ts'
import { type Answer, html, type Incoming, readForm } from './http.ts'
import type { ServiceProfile } from './profile.ts'
import type { Quirks } from './quirks.ts'

/** What the OAuth endpoints of a service work with. */
export interface EndpointDependencies {
  profile: ServiceProfile
  baseUrl: string
  engine: Engine
  clients: ClientStore
  quirks: Quirks
}

type Interaction = { params: Record<string, string | undefined> }

const DENIED = 'The resource owner or authorization server denied the request.'

/** A page that says one thing. */
export function messageAnswer(profile: ServiceProfile, status: number, title: string, text: string): Answer {
  return html(status, messagePage(profile, title, [text]), pageHeaders(profile))
}

/** Answers requests to the consent page of the interaction `uid`; null if the engine wrote the answer. */
export function createConsent({ profile, baseUrl, engine, clients, quirks }: EndpointDependencies) {
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

  return async (request: Incoming, response: ServerResponse, uid: string): Promise<Answer | null> => {
    const interaction = await engine.findInteraction(uid)
    if (!interaction) return messageAnswer(profile, 404, 'This request is over', 'Start again from the application.')
    const [first] = profile.accounts
    if (request.method !== 'POST' && first && quirks.isOn('automatic-consent')) {
      await engine.forward(request, response, await engine.decide(interaction, { login: first.login }))
      return null
    }
    if (request.method !== 'POST') return ask(interaction, request.path)
    const form = readForm(request)
    const account = profile.accounts.find(({ login }) => login === form.get('account'))
    if (form.get('decision') === 'deny') {
      if (quirks.isOn('denial-stays'))
        return messageAnswer(profile, 200, 'You denied access', 'You can close this page.')
      await engine.forward(request, response, await engine.decide(interaction, { denied: DENIED }))
      return null
    }
    if (form.get('decision') !== 'allow' || !account)
      return ask(interaction, request.path, 'Choose an account, then Allow or Deny.')
    await engine.forward(request, response, await engine.decide(interaction, { login: account.login }))
    return null
  }
}
