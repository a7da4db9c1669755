// The webhooks in a service's description: how their deliveries are signed, and what is where in one.
import { z } from 'zod'
import { headerName, jsonPaths } from './description-text.ts'
import { lazyObject } from './lazy-schema.ts'

/** How a service signs what it sends to webhooks, an HMAC over the raw body keyed with the webhook's secret, and what is where in it. */
export const webhookSchema = lazyObject(() => ({
  /** The header with the signature. */
  header: headerName,
  algorithm: z.enum(['hmac-sha256', 'hmac-sha512', 'hmac-sha1']).default('hmac-sha256'),
  encoding: z.enum(['hex', 'base64']).default('hex'),
  /** The signature's prefix, such as `sha256=`. */
  prefix: z.string().max(40).default(''),
  /** The header with the service's own id of a delivery. */
  deliveryHeader: headerName.optional(),
  /** The header with the event's name. */
  eventHeader: headerName.optional(),
  /** Where the JSON body has what the headers do not. */
  payload: z
    .object({
      deliveryId: jsonPaths.default([]),
      event: jsonPaths.default([]),
      action: jsonPaths.default([]),
      workspaceId: jsonPaths.default([]),
      /** Who did what it tells of. */
      actor: jsonPaths.default([]),
    })
    .default({ deliveryId: [], event: [], action: [], workspaceId: [], actor: [] }),
}))
export type ServiceWebhook = z.infer<typeof webhookSchema>
