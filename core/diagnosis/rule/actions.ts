// Actions of remedies, as far as what they need is known.
import type { Diagnosis } from '../../../contract/flow/diagnosis.ts'
import { registrationPageFor } from '../../../contract/registration-page.ts'
import { expandBase } from '../../services/endpoint-values.ts'
import type { DiagnosisContext } from './rule.ts'

type RemedyAction = Diagnosis['actions'][number]
type Changes = Extract<RemedyAction, { action: 'reconnect' }>['changes']

/** Connects again, with changes; nothing for a flow of another program. */
export function reconnect({ flow }: Pick<DiagnosisContext, 'flow'>, changes: Changes = {}): RemedyAction[] {
  if (flow.about.importedFrom !== null) return []
  return [{ action: 'reconnect', connectionId: flow.connectionId, changes }]
}

/** The service's page where the client is registered. */
export function openRegistration({ service, client, connection }: DiagnosisContext): RemedyAction[] {
  const baseUrl = connection?.baseUrl ?? client?.baseUrl ?? service?.base.default ?? null
  if (service === null || baseUrl === null) return []
  const page = registrationPageFor(service, baseUrl)
  return page === undefined ? [] : [{ action: 'open_page', page: 'registration', url: expandBase(page, baseUrl) }]
}

export function editClient({ client }: Pick<DiagnosisContext, 'client'>): RemedyAction[] {
  return client === null ? [] : [{ action: 'edit_client', clientId: client.id }]
}

export function replaceSecret({ client }: Pick<DiagnosisContext, 'client'>): RemedyAction[] {
  return client === null ? [] : [{ action: 'replace_client_secret', clientId: client.id }]
}

export function copyRedirectUri(value: string): RemedyAction {
  return { action: 'copy', what: 'redirect_uri', value }
}

export function editService({ service }: Pick<DiagnosisContext, 'service'>): RemedyAction[] {
  return service === null ? [] : [{ action: 'edit_service', serviceId: service.id }]
}

export function certificates({ service }: Pick<DiagnosisContext, 'service'>): RemedyAction[] {
  return service === null ? [] : [{ action: 'certificates', serviceId: service.id }]
}

export const repeat: RemedyAction = { action: 'repeat' }
export const proxySettings: RemedyAction = { action: 'proxy_settings' }
