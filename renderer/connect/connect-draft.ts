// What the person has chosen so far while connecting, and what of it crosses the door at the end.
// Pure: no React, no door. The client secret passes through and is dropped as soon as it was handed over.
import type { Attempt, ConnectInput } from '../../contract/attempt.ts'
import type { ClientInput, ClientView } from '../../contract/client.ts'
import type { ConnectionView } from '../../contract/connection.ts'
import type { Grant, ServiceView } from '../../contract/service.ts'
import { isPracticeClient } from '../state/practice.ts'
import { type ClientForm, emptyForm, formOf, newClientForm, redirectOf } from './client-form.ts'

export const steps = ['service', 'client', 'grant', 'watch'] as const
export type StepName = (typeof steps)[number]

export interface Parameter {
  key: string
  name: string
  value: string
}

/** A token that the person hands over. */
export interface TokenForm {
  value: string
  header: string
  prefix: string
  /** A day as `2027-01-31`; empty where it does not end. */
  ends: string
}

export interface ConnectDraft {
  step: StepName
  serviceId: string | null
  /** A stored client used as it is, or the form below. */
  storedClientId: string | null
  form: ClientForm
  grantId: string
  scopes: string[]
  parameters: Parameter[]
  /** What the grant asks, by the ids of its inputs. */
  answers: Record<string, string>
  username: string
  password: string
  token: TokenForm
  /** One a line. */
  resources: string
  audience: string
  testPath: string
  name: string
  openBrowser: boolean
  reconnect: string | null
  attemptId: string | null
}

export interface Beginning {
  services: ServiceView[]
  clients: ClientView[]
  connection?: ConnectionView | undefined
  serviceId?: string | undefined
  baseUrl?: string | undefined
  /** Our id of a stored client, or its client id at the service. */
  clientId?: string | undefined
}

const noToken: TokenForm = { value: '', header: '', prefix: '', ends: '' }

const nothingTyped = {
  answers: {},
  username: '',
  password: '',
  token: noToken,
  resources: '',
  audience: '',
  testPath: '',
}

/** The first draft: as far along as what is already known allows. */
export function beginDraft(beginning: Beginning): ConnectDraft {
  const { connection } = beginning
  const blank: ConnectDraft = {
    step: 'service',
    serviceId: null,
    storedClientId: null,
    form: emptyForm,
    grantId: '',
    scopes: [],
    parameters: [],
    ...nothingTyped,
    name: '',
    openBrowser: true,
    reconnect: connection?.id ?? null,
    attemptId: null,
  }
  const service = beginning.services.find((one) => one.id === (connection?.serviceId ?? beginning.serviceId))
  if (service === undefined) return blank
  const wanted = connection?.clientId ?? beginning.clientId
  const client = beginning.clients.find(
    (one) =>
      one.serviceId === service.id &&
      (one.id === wanted || one.clientId === wanted) &&
      (beginning.baseUrl === undefined || one.baseUrl === beginning.baseUrl),
  )
  const chosen = chooseService(blank, service, beginning.clients, beginning.baseUrl)
  if (connection !== undefined && connection.clientId === null) {
    const form = { ...chosen.form, baseUrl: connection.baseUrl }
    return { ...chooseGrant({ ...chosen, form, storedClientId: null }, service, connection.grantId), step: 'client' }
  }
  if (client === undefined) return chosen
  const ready: ConnectDraft = { ...chosen, storedClientId: client.id, form: formOf(client), step: 'grant' }
  if (connection === undefined) return ready
  return {
    ...chooseGrant(ready, service, connection.grantId),
    scopes: connection.scopes.requested,
    resources: connection.resources.join('\n'),
    testPath: connection.testPath ?? '',
  }
}

/** Another way in: what was typed for the one before is dropped. */
export function chooseGrant(draft: ConnectDraft, service: ServiceView, grantId: string): ConnectDraft {
  const grant = service.grants.find(({ id }) => id === grantId)
  const { header, prefix } = grant?.bearer ?? service.bearer
  const ends = grant?.tokenLifetime ? dayFrom(Date.now() + grant.tokenLifetime * 1000) : ''
  return { ...draft, grantId, answers: {}, password: '', token: { value: '', header, prefix, ends } }
}

/** A moment (ms) as the day it falls on, as a date field has it. */
function dayFrom(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

/** What still stands in the way of connecting by this grant, in a sentence; `null` where nothing does. */
export function grantProblem(draft: ConnectDraft, grant: Grant | undefined): string | null {
  if (grant === undefined) return 'Choose a way in.'
  if (grant.type === 'password' && (draft.username === '' || draft.password === '')) {
    return 'The user name and the password are missing.'
  }
  const missing = grant.inputs.find(({ id }) => (draft.answers[id] ?? '').trim() === '')
  return missing ? `${missing.label} is missing.` : null
}

/** Chooses the service itself, or the practice one at `baseUrl`, and moves on to its client; what belonged to another service is dropped. */
export function chooseService(
  draft: ConnectDraft,
  service: ServiceView,
  clients: ClientView[],
  baseUrl?: string,
): ConnectDraft {
  const practising = clients.some((client) => client.id === draft.storedClientId && isPracticeClient(client))
  if (draft.serviceId === service.id && baseUrl === undefined && !practising) return { ...draft, step: 'client' }
  const own = clients.filter(
    (client) =>
      client.serviceId === service.id &&
      (baseUrl === undefined ? !isPracticeClient(client) : client.baseUrl === baseUrl),
  )
  const stored = own[0]
  const chosen: ConnectDraft = {
    ...draft,
    ...nothingTyped,
    step: 'client',
    serviceId: service.id,
    storedClientId: stored?.id ?? null,
    form: stored === undefined ? newClientForm(service, baseUrl) : formOf(stored),
    scopes: service.scopes.default,
    parameters: [],
  }
  return chooseGrant(chosen, service, service.grants[0]?.id ?? '')
}

/** The client as it crosses the door: by its id when it is used as stored, else with what was typed. */
export function clientOf(draft: ConnectDraft): ConnectInput['client'] {
  if (draft.storedClientId !== null) return { id: draft.storedClientId }
  const { form } = draft
  const input: ClientInput = {
    serviceId: draft.serviceId ?? '',
    baseUrl: form.baseUrl.trim().replace(/\/+$/, ''),
    clientId: form.clientId.trim(),
    clientAuthentication: form.clientAuthentication,
    pkce: form.pkce,
    redirect: redirectOf(form),
  }
  if (form.id !== null) input.id = form.id
  if (form.name.trim() !== '') input.name = form.name.trim()
  if (form.clientAuthentication === 'none') input.clientSecret = ''
  else if (form.clientSecret !== '') input.clientSecret = form.clientSecret
  return input
}

/** Everything as it crosses the door, for this grant. */
export function connectInputOf(draft: ConnectDraft, grant: Grant | undefined): ConnectInput {
  const named = draft.parameters.filter((parameter) => parameter.name.trim() !== '')
  const audience: Record<string, string> = draft.audience.trim() === '' ? {} : { audience: draft.audience.trim() }
  const input: ConnectInput = {
    ...(grant?.type === 'static_token' ? handedOverToken(draft) : { client: clientOf(draft) }),
    ...(grant?.type === 'password' ? { username: draft.username, password: draft.password } : {}),
    grantId: draft.grantId,
    scopes: grant?.type === 'static_token' ? [] : draft.scopes,
    answers: draft.answers,
    resources: draft.resources.split(/\s+/).filter(Boolean),
    parameters: {
      ...Object.fromEntries(named.map((parameter) => [parameter.name.trim(), parameter.value])),
      ...audience,
    },
    openBrowser: draft.openBrowser,
  }
  if (draft.testPath.trim() !== '') input.testPath = draft.testPath.trim()
  if (draft.name.trim() !== '') input.name = draft.name.trim()
  if (draft.reconnect !== null) input.reconnect = draft.reconnect
  return input
}

function handedOverToken({ serviceId, form, token }: ConnectDraft): Pick<ConnectInput, 'place' | 'token'> {
  const ends = Date.parse(token.ends)
  return {
    place: { serviceId: serviceId ?? '', baseUrl: form.baseUrl.trim().replace(/\/+$/, '') },
    token: {
      value: token.value.trim(),
      bearer: { header: token.header.trim(), prefix: token.prefix },
      expiresAt: Number.isNaN(ends) ? null : ends,
    },
  }
}

/** After the host has the client: keep its id, forget the secrets that were typed. */
export function handedOver(draft: ConnectDraft, attempt: { id: string; clientId: string | null }): ConnectDraft {
  const forgotten = { ...draft, password: '', token: { ...draft.token, value: '' }, attemptId: attempt.id }
  if (attempt.clientId === null) return { ...forgotten, step: 'watch' }
  const secretGiven = draft.storedClientId === null && draft.form.clientSecret !== ''
  return {
    ...forgotten,
    step: 'watch',
    storedClientId: attempt.clientId,
    form: {
      ...draft.form,
      id: attempt.clientId,
      hasSecret: draft.form.clientAuthentication !== 'none' && (draft.form.hasSecret || secretGiven),
      clientSecret: '',
    },
  }
}

/** The step on which an input that the host refused can be mended. */
export function stepOfIssue(path: string): StepName {
  const first = path.split('.')[0] ?? ''
  return [
    'client',
    'place',
    'token',
    'baseUrl',
    'clientId',
    'clientSecret',
    'redirect',
    'clientAuthentication',
  ].includes(first)
    ? 'client'
    : 'grant'
}

/** The draft of an attempt that was begun before the wizard was left; what cannot be known any more is as proposed. */
export function resumeDraft(attempt: Attempt, beginning: Omit<Beginning, 'serviceId' | 'clientId'>): ConnectDraft {
  const { serviceId, clientId, id } = attempt
  return { ...beginDraft({ ...beginning, serviceId, clientId: clientId ?? undefined }), step: 'watch', attemptId: id }
}
