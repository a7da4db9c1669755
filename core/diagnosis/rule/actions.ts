// Actions of remedies, as far as what they need is known.
import type { Diagnosis } from '../../../contract/flow/diagnosis.ts'
import type { DiagnosisContext } from './rule.ts'

type RemedyAction = Diagnosis['actions'][number]

export function editService({ service }: Pick<DiagnosisContext, 'service'>): RemedyAction[] {
  return service === null ? [] : [{ action: 'edit_service', serviceId: service.id }]
}

export function certificates({ service }: Pick<DiagnosisContext, 'service'>): RemedyAction[] {
  return service === null ? [] : [{ action: 'certificates', serviceId: service.id }]
}

export const repeat: RemedyAction = { action: 'repeat' }
export const proxySettings: RemedyAction = { action: 'proxy_settings' }
