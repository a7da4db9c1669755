// What a delivery tells, found as the service's description says. It is what the sender says: only the verdict on its signature
// makes it more than that.
import type { ServiceWebhook } from '../../contract/service-webhook.ts'
import { parseJson, pickText } from '../json-path.ts'
import { headerValue, type ReceivedDelivery } from './received.ts'

export interface DeliveryFacts {
  deliveryId: string | null
  event: string | null
  action: string | null
  workspaceId: string | null
  actor: string | null
}

/** The longest text (characters) that is taken out of a delivery. */
const longest = 200

export function deliveryFacts(webhook: ServiceWebhook, { headers, body }: ReceivedDelivery): DeliveryFacts {
  const { payload, deliveryHeader, eventHeader } = webhook
  const json = parseJson(body.toString('utf8'))
  const said = (paths: string[]) => shortened(pickText(json, paths))
  return {
    deliveryId: shortened(headerValue(headers, deliveryHeader)) ?? said(payload.deliveryId),
    event: shortened(headerValue(headers, eventHeader)) ?? said(payload.event),
    action: said(payload.action),
    workspaceId: said(payload.workspaceId),
    actor: said(payload.actor),
  }
}

function shortened(text: string | null): string | null {
  return text === null || text.length <= longest ? text : `${text.slice(0, longest)}…`
}
