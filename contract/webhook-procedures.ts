// The procedures on webhooks: a part of the table.
import { z } from 'zod'
import { procedure } from './procedure.ts'
import {
  deliveryDetailSchema,
  deliverySchema,
  pastedDeliverySchema,
  replayResultSchema,
  webhookSecretInputSchema,
  webhookStartSchema,
  webhookViewSchema,
} from './webhook.ts'

const nothing = z.object({})
const byId = z.object({ id: z.string().max(200) })
const ofService = z.object({ serviceId: z.string().max(200) })

export const webhookProcedures = {
  /** Starts listening for a service's deliveries on this machine. Throws `conflict` if the port is taken. */
  'webhooks.start': procedure(() => [webhookStartSchema, webhookViewSchema]),
  /** Does nothing if it does not listen. */
  'webhooks.stop': procedure(() => [ofService, webhookViewSchema]),
  /** Stores a secret that deliveries of a service are signed with. */
  'webhooks.addSecret': procedure(() => [webhookSecretInputSchema, webhookViewSchema]),
  'webhooks.removeSecret': procedure(() => [ofService.extend({ id: z.string().max(200) }), webhookViewSchema]),
  /** The kept deliveries of a service, newest first. */
  'webhooks.list': procedure(() => [ofService, z.object({ deliveries: z.array(deliverySchema) })]),
  'webhooks.get': procedure(() => [byId, deliveryDetailSchema]),
  /** Keeps a delivery that the person pasted, as if it had come to the listener. */
  'webhooks.paste': procedure(() => [pastedDeliverySchema, deliverySchema]),
  /** Sends a delivery, as it was received, to an address on this machine. Follows no redirects. */
  'webhooks.replay': procedure(() => [byId.extend({ url: z.string().max(2000) }), replayResultSchema]),
  /** Removes one delivery, or all of the service. */
  'webhooks.clear': procedure(() => [ofService.extend({ id: z.string().max(200).optional() }), nothing]),
}
