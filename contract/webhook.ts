// Webhooks as callers see them: the listener of a service, the names of its secrets, the deliveries that came. No secret of a
// webhook is ever among them.
import { z } from 'zod'
import { lazyObject } from './lazy-schema.ts'

/** How the signature of a delivery came out. `other_workspace`: it fits a secret that is stored for another workspace. */
export const signatureVerdictSchema = z.enum(['fits', 'wrong', 'missing', 'malformed', 'other_workspace', 'no_secret'])
export type SignatureVerdict = z.infer<typeof signatureVerdictSchema>

/** A request that was not kept. `busy`: too many bodies were being received at once. */
export const refusedDeliverySchema = z.enum([
  'path',
  'method',
  'browser',
  'body_too_large',
  'headers_too_large',
  'too_slow',
  'cut_off',
  'malformed',
  'busy',
  'vault_locked',
  'unwritten',
])
export type RefusedDelivery = z.infer<typeof refusedDeliverySchema>

/** The longest body that is kept (bytes). */
export const longestDelivery = 2 * 1024 * 1024
/** The longest name of a secret (characters). */
export const longestSecretName = 80

export const webhookListenerSchema = lazyObject(() => ({
  /** Where it listens; only this machine reaches it. */
  url: z.string(),
  port: z.number().int(),
  startedAt: z.number(),
  /** The port that it had last time, if another program uses that one now. */
  movedFrom: z.number().int().nullable(),
  /** Deliveries that were kept since it started. */
  received: z.number().int(),
  /** What was refused since it started, by reason. */
  refused: z.array(z.object({ reason: refusedDeliverySchema, count: z.number().int(), lastAt: z.number() })),
}))
export type WebhookListenerView = z.infer<typeof webhookListenerSchema>

/** A stored secret without the secret. */
export const webhookSecretSchema = lazyObject(() => ({
  id: z.string(),
  name: z.string(),
  /** The only workspace whose deliveries it signs; `null` for any. */
  workspaceId: z.string().nullable(),
  addedAt: z.number(),
}))
export type WebhookSecretView = z.infer<typeof webhookSecretSchema>

/** What is known of a service's webhooks. */
export const webhookViewSchema = lazyObject(() => ({
  serviceId: z.string(),
  listener: webhookListenerSchema.nullable(),
  secrets: z.array(webhookSecretSchema),
}))
export type WebhookView = z.infer<typeof webhookViewSchema>

export const deliverySchema = lazyObject(() => ({
  id: z.string(),
  serviceId: z.string(),
  receivedAt: z.number(),
  source: z.enum(['received', 'pasted']),
  verdict: signatureVerdictSchema,
  /** The name of the secret that signed it, as it was then. */
  secretName: z.string().nullable(),
  /** The service's own id of the delivery. */
  deliveryId: z.string().nullable(),
  event: z.string().nullable(),
  action: z.string().nullable(),
  workspaceId: z.string().nullable(),
  /** Who did what it tells of. */
  actor: z.string().nullable(),
  /** The connection whose workspace it belongs to. */
  connection: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** An earlier delivery with the same delivery id, or else with the same body. */
  repeats: z.object({ id: z.string(), by: z.enum(['delivery_id', 'body']) }).nullable(),
  /** The size of its body (bytes). */
  size: z.number().int(),
  /** Whether a line end that was pasted after the body was left out, because the signature fits without it. */
  lineEndLeftOut: z.boolean(),
}))
export type Delivery = z.infer<typeof deliverySchema>

/** A delivery with its headers in the order they came, and its body. Secrets in them are pseudonyms. */
export const deliveryDetailSchema = lazyObject(() => ({
  ...deliverySchema.unwrap().shape,
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Empty if the body is no text. */
  body: z.string(),
  isBinary: z.boolean(),
}))
export type DeliveryDetail = z.infer<typeof deliveryDetailSchema>

const serviceId = z.string().max(200)

export const webhookStartSchema = lazyObject(() => ({
  serviceId,
  /** By default the one of last time, or any free one. */
  port: z.number().int().min(1).max(65_535).optional(),
}))

export const webhookSecretInputSchema = lazyObject(() => ({
  serviceId,
  /** By default the workspace's name, or a number. */
  name: z.string().trim().max(longestSecretName).default(''),
  workspaceId: z.string().max(500).nullable().default(null),
  secret: z.string().min(1, 'The secret is missing.').max(4000),
}))

export const pastedDeliverySchema = lazyObject(() => ({
  serviceId,
  /** One header a line, `Name: value`. */
  headers: z.string().max(64_000),
  body: z.string().max(longestDelivery),
}))

/** What the person's own server answered to a delivery that was sent again. */
export const replayResultSchema = lazyObject(() => ({
  status: z.number().int(),
  /** The beginning of its body. */
  body: z.string(),
  /** From the request to the end of what is shown (ms). */
  took: z.number(),
}))
export type ReplayResult = z.infer<typeof replayResultSchema>
