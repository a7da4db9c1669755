// What the person has chosen so far while connecting, and what of it crosses the door at the end.
// Pure: no React, no door. The client secret passes through and is dropped as soon as it was handed over.
import type { Attempt, ConnectInput } from '../../contract/attempt.ts'
import type { ClientInput, ClientView } from '../../contract/client.ts'
import type { ConnectionView } from '../../contract/connection.ts'
import type { ServiceView } from '../../contract/service.ts'
import { isPracticeClient } from '../state/practice.ts'
import { type ClientForm, emptyForm, formOf, newClientForm } from './client-form.ts'

export const steps = ['service', 'client', 'grant', 'watch'] as const
export type StepName = (typeof steps)[number]

export interface Parameter {
  key: string
  name: string
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
  if (client === undefined) return chosen
  const ready: ConnectDraft = { ...chosen, storedClientId: client.id, form: formOf(client), step: 'grant' }
  if (connection === undefined) return ready
  return { ...ready, grantId: connection.grantId, scopes: connection.scopes.requested }
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
  return {
    ...draft,
    step: 'client',
    serviceId: service.id,
    storedClientId: stored?.id ?? null,
    form: stored === undefined ? newClientForm(service, baseUrl) : formOf(stored),
    grantId: service.grants[0]?.id ?? '',
    scopes: service.scopes.default,
    parameters: [],
  }
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
    redirect: form.redirectMode === 'fixed' ? { mode: 'fixed', port: form.port } : { mode: 'ephemeral' },
  }
  if (form.id !== null) input.id = form.id
  if (form.name.trim() !== '') input.name = form.name.trim()
  if (form.clientAuthentication === 'none') input.clientSecret = ''
  else if (form.clientSecret !== '') input.clientSecret = form.clientSecret
  return input
}

/** Everything as it crosses the door. */
export function connectInputOf(draft: ConnectDraft): ConnectInput {
  const named = draft.parameters.filter((parameter) => parameter.name.trim() !== '')
  const input: ConnectInput = {
    client: clientOf(draft),
    grantId: draft.grantId,
    scopes: draft.scopes,
    parameters: Object.fromEntries(named.map((parameter) => [parameter.name.trim(), parameter.value])),
    openBrowser: draft.openBrowser,
  }
  if (draft.name.trim() !== '') input.name = draft.name.trim()
  if (draft.reconnect !== null) input.reconnect = draft.reconnect
  return input
}

/** After the host has the client: keep its id, forget the secret that was typed. */
export function handedOver(draft: ConnectDraft, attempt: { id: string; clientId: string }): ConnectDraft {
  const secretGiven = draft.storedClientId === null && draft.form.clientSecret !== ''
  return {
    ...draft,
    step: 'watch',
    attemptId: attempt.id,
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
  return ['client', 'baseUrl', 'clientId', 'clientSecret', 'redirect', 'clientAuthentication'].includes(first)
    ? 'client'
    : 'grant'
}

/** The draft of an attempt that was begun before the wizard was left; what cannot be known any more is as proposed. */
export function resumeDraft(attempt: Attempt, beginning: Omit<Beginning, 'serviceId' | 'clientId'>): ConnectDraft {
  const { serviceId, clientId, id } = attempt
  return { ...beginDraft({ ...beginning, serviceId, clientId }), step: 'watch', attemptId: id }
}
