// What of the draft crosses the door when the person connects, and where on the screen a refused part of it stands. Pure.
import type { ConnectInput } from '../../contract/attempt.ts'
import type { ClientInput } from '../../contract/client.ts'
import { understandValue } from '../../contract/pasted-value.ts'
import type { Grant } from '../../contract/service.ts'
import { redirectOf } from '../kit/typed-redirect.ts'
import type { ConnectDraft, StepName } from './connect-draft.ts'
import { secretOptional } from './grant-words.ts'
import { tokenInputOf } from './token-form.ts'

const tidyBase = (baseUrl: string) => understandValue('address', baseUrl).value.replace(/\/+$/, '')

/** The client as it crosses the door: by its id when it is used as stored, else with what was typed. */
export function clientOf(draft: ConnectDraft, grant?: Grant): ConnectInput['client'] {
  if (draft.storedClientId !== null) return { id: draft.storedClientId }
  const { form } = draft
  const secretless = secretOptional(grant) && !form.hasSecret && form.clientSecret === ''
  const clientAuthentication = secretless ? 'none' : form.clientAuthentication
  const input: ClientInput = {
    serviceId: draft.serviceId ?? '',
    baseUrl: tidyBase(form.baseUrl),
    clientId: understandValue('client_id', form.clientId).value,
    clientAuthentication,
    grantAuthentication: form.grantAuthentication,
    pkce: form.pkce,
    redirect: redirectOf(form),
  }
  if (form.id !== null) input.id = form.id
  if (form.name.trim() !== '') input.name = form.name.trim()
  if (clientAuthentication === 'none') input.clientSecret = ''
  else if (form.clientSecret !== '') input.clientSecret = form.clientSecret
  return input
}

/** Everything as it crosses the door for this grant: nothing that it does not ask for. */
export function connectInputOf(draft: ConnectDraft, grant: Grant | undefined): ConnectInput {
  const input: ConnectInput = {
    ...(grant?.type === 'static_token' ? byHand(draft) : byClient(draft, grant)),
    grantId: draft.grantId,
    answers: answersTo(grant, draft.answers),
    openBrowser: draft.openBrowser,
  }
  if (grant?.type === 'password') Object.assign(input, { username: draft.username, password: draft.password })
  const installation = grant?.installation ? draft.installation.trim() : ''
  if (installation !== '') input.installation = installation
  if (draft.testPath.trim() !== '') input.testPath = draft.testPath.trim()
  if (draft.name.trim() !== '') input.name = draft.name.trim()
  if (draft.reconnect !== null) input.reconnect = draft.reconnect
  return input
}

type Asked = Pick<
  ConnectInput,
  'client' | 'place' | 'token' | 'scopes' | 'resources' | 'parameters' | 'tokenParameters'
>

function byHand({ serviceId, form, token }: ConnectDraft): Asked {
  const place = { serviceId: serviceId ?? '', baseUrl: tidyBase(form.baseUrl) }
  return { place, token: tokenInputOf(token), scopes: [], resources: [], parameters: {}, tokenParameters: {} }
}

function byClient(draft: ConnectDraft, grant: Grant | undefined): Asked {
  const parameters = parametersAt('beginning', draft)
  const tokenParameters = parametersAt('token', draft)
  const resources = draft.resources.map(({ value }) => value.trim()).filter(Boolean)
  return { client: clientOf(draft, grant), scopes: draft.scopes, resources, parameters, tokenParameters }
}

/** Servers that know an audience want it in the request that begins the grant, in token requests, or in both. */
function parametersAt(place: 'beginning' | 'token', draft: ConnectDraft): Record<string, string> {
  const audience = draft.audience.trim()
  const here = draft.parameters.filter((one) => one.name.trim() !== '' && [place, 'every'].includes(one.place))
  const named = here.map(({ name, value }): [string, string] => [name.trim(), value])
  return { ...Object.fromEntries(named), ...(audience === '' ? {} : { audience }) }
}

function answersTo(grant: Grant | undefined, answers: Record<string, string>): Record<string, string> {
  const asked = (grant?.inputs ?? []).map(({ id }) => [id, (answers[id] ?? '').trim()] as const)
  return Object.fromEntries(asked.filter(([, answer]) => answer !== ''))
}

const ofTheClient = ['client', 'place', 'baseUrl', 'clientId', 'clientSecret', 'redirect', 'clientAuthentication']

/** The step on which an input that the host refused can be mended. */
export function stepOfIssue(path: string): StepName {
  const [first = '', second] = path.split('.')
  if (ofTheClient.includes(first)) return 'client'
  return first === 'token' && second !== 'bearer' ? 'client' : 'grant'
}
