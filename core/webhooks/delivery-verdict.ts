// How the signature of a delivery comes out with the secrets that are stored for its service. Pure.
import type { Service } from '../../contract/service.ts'
import type { SignatureVerdict } from '../../contract/webhook.ts'
import type { WebhookRecord } from '../records.ts'
import { fitsSignature, signatureBytes, webhookOf } from '../services/webhook-signature.ts'
import { headerValue, type ReceivedDelivery } from './received.ts'

type StoredSecret = WebhookRecord['secrets'][number]

export interface Verdict {
  verdict: SignatureVerdict
  /** Of the secret that signed it. */
  secretName: string | null
}

/** `workspaceId`: the workspace that the body names, if it names one. */
export function judgeDelivery(
  service: Pick<Service, 'name' | 'webhook'>,
  { headers, body }: ReceivedDelivery,
  workspaceId: string | null,
  secrets: readonly StoredSecret[],
): Verdict {
  const webhook = webhookOf(service)
  const signature = headerValue(headers, webhook.header)
  if (signature === null) return { verdict: 'missing', secretName: null }
  if (signatureBytes(webhook, signature) === null) return { verdict: 'malformed', secretName: null }
  if (secrets.length === 0) return { verdict: 'no_secret', secretName: null }
  const fitting = secrets.filter(({ secret }) => fitsSignature(service, { body, signature, secret }))
  const own = fitting.find((one) => one.workspaceId === null || workspaceId === null || one.workspaceId === workspaceId)
  if (own) return { verdict: 'fits', secretName: own.name }
  const [other] = fitting
  return other ? { verdict: 'other_workspace', secretName: other.name } : { verdict: 'wrong', secretName: null }
}
