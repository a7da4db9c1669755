// What the authorization server says of a token when it is asked. @see RFC 7662 §2.2
import { z } from 'zod'
import { lazyObject } from './lazy-schema.ts'

export const introspectionSchema = lazyObject(() => ({
  at: z.number(),
  /** Whether the access token was active. */
  active: z.boolean(),
  /** The same of the refresh token; absent if it was not asked about, or not answered. */
  refreshTokenActive: z.boolean().optional(),
  subject: z.string().nullable(),
  username: z.string().nullable(),
  /** The client that the token was issued to; absent if the server does not say, and in records of earlier versions. */
  clientId: z.string().optional(),
  scopes: z.array(z.string()).nullable(),
  /** When the access token expires (ms). */
  expiresAt: z.number().nullable(),
}))
export type Introspection = z.infer<typeof introspectionSchema>

/** In one line; without the end, which is shown as the token's own. */
export function introspectionWords({ active, subject, username, scopes }: Introspection): string {
  if (!active) return 'not active'
  const who = [subject === null ? [] : `subject ${subject}`, username === null ? [] : `user name ${username}`].flat()
  return ['active', ...who, ...(scopes === null ? [] : [`scopes ${scopes.join(' ') || 'none'}`])].join(', ')
}
