// What a change makes of a list of deliveries, newest first. Pure.
import type { Delivery } from '../../contract/webhook.ts'
import type { DeliveryChange } from '../state/mirror.ts'

export function withDeliveryChange(list: Delivery[], change: DeliveryChange, serviceId: string): Delivery[] {
  if (change.kind === 'webhook_deliveries_removed') return list.filter(({ id }) => !change.ids.includes(id))
  const { delivery } = change
  if (delivery.serviceId !== serviceId || list.some(({ id }) => id === delivery.id)) return list
  return [delivery, ...list]
}
