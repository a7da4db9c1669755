// The form of a client: what the service's description proposes, what is stored, and what is still wrong with it.
// Pure. Holds a client secret only between typing and handing over.
import type { ClientView } from '../../contract/client.ts'
import { usualClient } from '../../contract/connect-defaults.ts'
import { understandValue } from '../../contract/pasted-value.ts'
import { redirectUriProblem } from '../../contract/redirect-uri.ts'
import type { ClientAuthentication, Pkce, ServiceView } from '../../contract/service.ts'
import { type TypedRedirect, typedRedirect } from '../kit/typed-redirect.ts'

export interface ClientForm extends TypedRedirect {
  /** The stored client that is being changed; `null` for a new one. */
  id: string | null
  hasSecret: boolean
  name: string
  baseUrl: string
  clientId: string
  clientSecret: string
  clientAuthentication: ClientAuthentication
  /** By the ids of the grants for which the client has a method of its own. */
  grantAuthentication: Record<string, ClientAuthentication>
  pkce: Pkce
}

/** A form for a new client, with what the service's description proposes. */
export function newClientForm(service: ServiceView, baseUrl?: string): ClientForm {
  const { redirect, ...proposed } = usualClient(service)
  return {
    id: null,
    hasSecret: false,
    name: '',
    baseUrl: baseUrl ?? service.base.default ?? '',
    clientId: '',
    clientSecret: '',
    ...proposed,
    ...typedRedirect(redirect),
  }
}

/** A form filled with a stored client; its secret stays in the host. */
export function formOf(client: ClientView): ClientForm {
  return {
    id: client.id,
    hasSecret: client.hasSecret,
    name: client.name,
    baseUrl: client.baseUrl,
    clientId: client.clientId,
    clientSecret: '',
    clientAuthentication: client.clientAuthentication,
    grantAuthentication: client.grantAuthentication,
    pkce: client.pkce,
    ...typedRedirect(client.redirect),
  }
}

export const emptyForm: ClientForm = {
  id: null,
  hasSecret: false,
  name: '',
  baseUrl: '',
  clientId: '',
  clientSecret: '',
  clientAuthentication: 'body',
  grantAuthentication: {},
  pkce: 'S256',
  redirectUri: '',
  anyPort: false,
}

export type ClientFormProblems = Partial<Record<'baseUrl' | 'clientId' | 'clientSecret' | 'redirectUri', string>>

/**
 * What is wrong with the client form, by field; empty when it can go on. `secretOptional` where the grant is made for
 * clients that keep no secret.
 */
export function checkClientForm(form: ClientForm, secretOptional = false): ClientFormProblems {
  const wrong: ClientFormProblems = {}
  const address = baseUrlProblem(form.baseUrl)
  if (address !== null) wrong.baseUrl = address
  if (form.clientId.trim() === '') wrong.clientId = 'The client id is missing.'
  if (form.clientAuthentication !== 'none' && !form.hasSecret && form.clientSecret === '' && !secretOptional)
    wrong.clientSecret = 'The client secret is missing.'
  else if (understandValue('client_secret', form.clientSecret).choices.length > 0)
    wrong.clientSecret = 'Choose which of them is the client secret.'
  const redirect = redirectUriProblem(form.redirectUri.trim())
  if (redirect !== null) wrong.redirectUri = redirect
  return wrong
}

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** A sentence when the text is no base URL that Grantdesk would talk to, else `null`. */
export function baseUrlProblem(text: string): string | null {
  if (text.trim() === '') return 'The base URL is missing.'
  const url = URL.parse(text.trim())
  if (url === null) return 'This is not a complete URL. It begins with https://.'
  if (url.protocol === 'https:') return null
  if (url.protocol !== 'http:') return 'The base URL begins with https://.'
  return loopback.has(url.hostname) ? null : 'Without https only this machine (127.0.0.1) can be reached.'
}
