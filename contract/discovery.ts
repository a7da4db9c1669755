// A draft of a service's description, made from an issuer's metadata.
import { z } from 'zod'
import { lazyObject } from './lazy-schema.ts'
import { serviceSchema } from './service.ts'

export const discoverySchema = lazyObject(() => ({
  /** Not stored yet: the person reviews and edits it first. */
  description: serviceSchema,
  issuer: z.string(),
  /** The API whose address was asked; `null` if it was the issuer's. @see RFC 9728 §3.3 */
  resource: z.string().nullable(),
  /** All that this API trusts; empty if it was the issuer that was asked. @see RFC 9728 §2 */
  authorizationServers: z.array(z.string()),
  /** The address that answered. */
  source: z.string(),
  /** @see RFC 8414 §3 and OpenID Connect Discovery 1.0 §4 */
  kind: z.enum(['oauth_authorization_server', 'openid_configuration']),
  /** What the person should check: missing or odd metadata. */
  notes: z.array(z.string()),
  flowId: z.string(),
}))
export type Discovery = z.infer<typeof discoverySchema>
