// The remedies that rules offer as buttons, where what they need is known.
import type { Diagnosis } from '../../../contract/flow/diagnosis.ts'
import { isImported } from '../../../contract/flow/flow.ts'
import { registrationPageFor } from '../../../contract/registration-page.ts'
import { expandBase } from '../../services/endpoint-values.ts'
import type { DiagnosisContext } from './rule.ts'

type RemedyAction = Diagnosis['actions'][number]
type Changes = Extract<RemedyAction, { action: 'reconnect' }>['changes']

/** Connects again, with changes; nothing for a flow of another program. */
export function reconnect({ flow }: Pick<DiagnosisContext, 'flow'>, changes: Changes = {}): RemedyAction[] {
  return isImported(flow) ? [] : [{ action: 'reconnect', connectionId: flow.connectionId, changes }]
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

/** Does again what the flow did; nothing for a flow of another program. */
export function repeat({ flow }: Pick<DiagnosisContext, 'flow'>): RemedyAction[] {
  return isImported(flow) ? [] : [{ action: 'repeat' }]
}

export function editService({ service }: Pick<DiagnosisContext, 'service'>): RemedyAction[] {
  return service === null ? [] : [{ action: 'edit_service', serviceId: service.id }]
}

/** Opens the service's authorities and client certificate. */
export function openCertificates({ service }: Pick<DiagnosisContext, 'service'>): RemedyAction[] {
  return service === null ? [] : [{ action: 'certificates', serviceId: service.id }]
}

/** Opens the setting of the proxy; nothing for a flow of another program. */
export function openProxySettings({ flow }: Pick<DiagnosisContext, 'flow'>): RemedyAction[] {
  return isImported(flow) ? [] : [{ action: 'proxy_settings' }]
}

/** Refreshes the connection, if it can be. */
export function refresh({ connection }: Pick<DiagnosisContext, 'connection'>): RemedyAction[] {
  return connection?.refreshable ? [{ action: 'refresh', connectionId: connection.id }] : []
}

/** Connects again with these scopes besides, and sends the request again. */
export function stepUp(
  { connection, flow }: Pick<DiagnosisContext, 'connection' | 'flow'>,
  scopes: string[],
): RemedyAction[] {
  if (connection === null || isImported(flow) || scopes.length === 0) return []
  return [{ action: 'step_up', connectionId: connection.id, scopes }]
}

export function chooseWorkspace({ connection }: Pick<DiagnosisContext, 'connection'>): RemedyAction[] {
  return connection === null ? [] : [{ action: 'choose_workspace', connectionId: connection.id }]
}

/** The service's page with what was granted to clients. */
export function openGrants({ flow, service, connection }: DiagnosisContext): RemedyAction[] {
  // A file that was imported may name any address.
  if (isImported(flow)) return []
  const template = service?.grantsPage
  const baseUrl = connection?.baseUrl ?? service?.base.default ?? null
  const url = template && baseUrl !== null ? expandBase(template, baseUrl) : flow.about.grantsPage
  return url === null ? [] : [{ action: 'open_page', page: 'grants', url }]
}
