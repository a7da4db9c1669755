// What the person has chosen so far while connecting. Pure: no React, no door. Secrets pass through and are dropped as
// soon as they were handed over. What of it crosses the door is in connect-input.ts.

import type { Attempt } from '../../contract/attempt.ts'
import { type ClientView, usingMethod } from '../../contract/client.ts'
import { isAtPractice, usualGrant } from '../../contract/connect-defaults.ts'
import type { ConnectionView } from '../../contract/connection.ts'
import type { ReconnectChanges } from '../../contract/flow/diagnosis.ts'
import { answersFrom } from '../../contract/grant-inputs.ts'
import type { Grant, ServiceView } from '../../contract/service.ts'
import { typedRedirect } from '../kit/typed-redirect.ts'
import { type ClientForm, emptyForm, formOf, newClientForm } from './client-form.ts'
import { emptyToken, newTokenForm, type TokenForm } from './token-form.ts'

export const steps = ['service', 'client', 'grant', 'watch'] as const
export type StepName = (typeof steps)[number]

/** Which requests carry an extra parameter: the one that begins the grant, every token request, or all of them. */
export type ParameterPlace = 'beginning' | 'token' | 'every'

export interface Parameter {
  key: string
  name: string
  value: string
  place: ParameterPlace
}

export interface Resource {
  key: string
  value: string
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
  /** An installation that was begun at the service: its id, or the address it ended at. */
  installation: string
  username: string
  password: string
  token: TokenForm
  resources: Resource[]
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
  /** What is done otherwise than before. */
  changes?: ReconnectChanges | undefined
}

const nothingTyped = {
  parameters: [],
  answers: {},
  installation: '',
  username: '',
  password: '',
  token: emptyToken,
  resources: [],
  audience: '',
  testPath: '',
}

/** The first draft: as far along as what is already known allows. */
export function beginDraft(beginning: Beginning): ConnectDraft {
  const { connection, services, clients } = beginning
  const blank: ConnectDraft = {
    step: 'service',
    serviceId: null,
    storedClientId: null,
    form: emptyForm,
    grantId: '',
    scopes: [],
    ...nothingTyped,
    name: '',
    openBrowser: true,
    reconnect: connection?.id ?? null,
    attemptId: null,
  }
  const service = services.find((one) => one.id === (connection?.serviceId ?? beginning.serviceId))
  if (service === undefined) return blank
  const wanted = connection?.clientId ?? beginning.clientId
  const client = clients.find(
    (one) =>
      one.serviceId === service.id &&
      (one.id === wanted || one.clientId === wanted) &&
      (beginning.baseUrl === undefined || one.baseUrl === beginning.baseUrl),
  )
  const chosen = chooseService(blank, service, clients, beginning.baseUrl)
  const ready: ConnectDraft = client
    ? { ...chosen, storedClientId: client.id, form: formOf(client), step: 'grant' }
    : chosen
  const again = connection ? asBefore(ready, service, connection) : ready
  return beginning.changes === undefined ? again : withChanges(again, service, beginning.changes)
}

/** The draft with what a diagnosis changes; a client that changes is stored with the next attempt. */
export function withChanges(draft: ConnectDraft, service: ServiceView, changes: ReconnectChanges): ConnectDraft {
  const { grantId, scopes, addScopes = [], clientAuthentication, pkce, redirect, parameters = {} } = changes
  const chosen = grantId === undefined ? draft : chooseGrant(draft, service, grantId)
  const grant = service.grants.find(({ id }) => id === chosen.grantId)
  const asked = scopes ?? chosen.scopes
  const form: ClientForm = {
    ...chosen.form,
    ...(clientAuthentication === undefined ? {} : usingMethod(chosen.form, grant, clientAuthentication)),
    ...(pkce === undefined ? {} : { pkce }),
    ...(redirect === undefined ? {} : typedRedirect(redirect)),
  }
  const isOther = clientAuthentication !== undefined || pkce !== undefined || redirect !== undefined
  const kept = chosen.parameters.filter(({ name }) => parameters[name] === undefined)
  const added = Object.entries(parameters).filter(([, value]) => value !== '')
  return {
    ...chosen,
    form,
    storedClientId: isOther ? null : chosen.storedClientId,
    scopes: [...asked, ...addScopes.filter((scope) => !asked.includes(scope))],
    parameters: [
      ...kept,
      ...added.map(([name, value]): Parameter => ({ key: `changed ${name}`, name, value, place: 'beginning' })),
    ],
  }
}

/** A connection's own choices, to be made once more. */
function asBefore(draft: ConnectDraft, service: ServiceView, connection: ConnectionView): ConnectDraft {
  const grant = service.grants.find(({ id }) => id === connection.grantId)
  const { answers, scopes } = answersFrom(grant, { actsAs: connection.actsAs, scopes: connection.scopes.requested })
  const again = chooseGrant(draft, service, connection.grantId)
  const before: ConnectDraft = {
    ...again,
    scopes,
    answers,
    token: { ...again.token, ...(connection.bearer ?? {}) },
    resources: connection.resources.map((value) => ({ key: value, value })),
    ...parametersOf(connection),
    testPath: connection.testPath ?? '',
  }
  if (connection.clientId !== null) return before
  const form = { ...before.form, baseUrl: connection.baseUrl }
  return { ...before, form, storedClientId: null, step: 'client' }
}

/** The extra parameters as they were typed; an audience that both kinds of request carry has its own field. */
function parametersOf({ parameters, tokenParameters }: ConnectionView): Pick<ConnectDraft, 'parameters' | 'audience'> {
  const isEverywhere = (name: string) => parameters[name] !== undefined && parameters[name] === tokenParameters[name]
  const audience = isEverywhere('audience') ? (parameters.audience ?? '') : ''
  const rows = (place: ParameterPlace, from: Record<string, string>, keep: (name: string) => boolean): Parameter[] =>
    Object.entries(from)
      .filter(([name]) => keep(name) && !(name === 'audience' && audience !== ''))
      .map(([name, value]) => ({ key: `${place} ${name}`, name, value, place }))
  return {
    audience,
    parameters: [
      ...rows('every', parameters, isEverywhere),
      ...rows('beginning', parameters, (name) => !isEverywhere(name)),
      ...rows('token', tokenParameters, (name) => !isEverywhere(name)),
    ],
  }
}

/** Another grant: what was typed for the one before is dropped. */
export function chooseGrant(
  draft: ConnectDraft,
  service: ServiceView,
  grantId: string,
  now = Date.now(),
): ConnectDraft {
  const grant = service.grants.find(({ id }) => id === grantId)
  return { ...draft, grantId, answers: {}, installation: '', password: '', token: newTokenForm(service, grant, now) }
}

/** Chooses the service itself, or the practice one at `baseUrl`, and moves on to its client; what belonged to another service is dropped. */
export function chooseService(
  draft: ConnectDraft,
  service: ServiceView,
  clients: ClientView[],
  baseUrl?: string,
): ConnectDraft {
  const practising = clients.some((client) => client.id === draft.storedClientId && isAtPractice(client, clients))
  if (draft.serviceId === service.id && baseUrl === undefined && !practising) return { ...draft, step: 'client' }
  const own = clients.filter(
    (client) =>
      client.serviceId === service.id &&
      (baseUrl === undefined ? !isAtPractice(client, clients) : client.baseUrl === baseUrl),
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
  }
  return chooseGrant(chosen, service, usualGrant(service)?.id ?? '')
}

/** The clients to offer: practice clients where the draft is for a practice service, and nowhere else. */
export function offeredClients({ serviceId, form }: ConnectDraft, clients: ClientView[]): ClientView[] {
  const own = clients.filter((client) => client.serviceId === serviceId)
  const baseUrl = form.baseUrl.trim().replace(/\/+$/, '')
  const practising = isAtPractice({ serviceId: serviceId ?? '', baseUrl }, clients)
  return own.filter((client) => (practising ? client.baseUrl === baseUrl : !isAtPractice(client, clients)))
}

/** After the host has them: forget the secrets that were typed, keep the client's id. */
export function handedOver(draft: ConnectDraft, attempt: { id: string; clientId: string | null }): ConnectDraft {
  const secretGiven = draft.storedClientId === null && draft.form.clientSecret !== ''
  const { clientAuthentication, hasSecret } = draft.form
  const used = {
    id: attempt.clientId,
    hasSecret: clientAuthentication !== 'none' && (hasSecret || secretGiven),
  }
  return {
    ...draft,
    step: 'watch',
    attemptId: attempt.id,
    password: '',
    token: { ...draft.token, value: '' },
    storedClientId: attempt.clientId ?? draft.storedClientId,
    form: { ...draft.form, ...(attempt.clientId === null ? {} : used), clientSecret: '' },
  }
}

/** Where a secret that was handed over and forgotten has to be typed again before another try; `null` where none. */
export function stepToRetype(draft: ConnectDraft, grant: Grant | undefined): StepName | null {
  if (grant?.type === 'password' && draft.password === '') return 'grant'
  return grant?.type === 'static_token' && draft.token.value === '' ? 'client' : null
}

/** The draft of an attempt that was begun before the wizard was left; what cannot be known any more is as proposed. */
export function resumeDraft(attempt: Attempt, beginning: Omit<Beginning, 'serviceId' | 'clientId'>): ConnectDraft {
  const { serviceId, clientId, id } = attempt
  const draft = beginDraft({ ...beginning, serviceId, clientId: clientId ?? undefined })
  const service = beginning.services.find((one) => one.id === serviceId)
  const byHand = service?.grants.find(({ type }) => type === 'static_token')
  const known = clientId === null && service && byHand ? chooseGrant(draft, service, byHand.id) : draft
  return { ...known, step: 'watch', attemptId: id }
}
