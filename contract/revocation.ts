// How a revocation ended: accepted by the service and verified by asking the API afterwards, or not.
import { z } from 'zod'
import { lazyObject } from './lazy-schema.ts'

/** All times are milliseconds since the epoch. */
export const revocationSchema = lazyObject(() => ({
  at: z.number(),
  outcome: z.enum([
    /** Verified: the API refuses the token. */
    'revoked',
    /** The service accepted the revocation, but the access token still works. */
    'still_works',
    'not_offered',
    /** The service accepted the revocation; nobody could say whether the token still works. */
    'unverified',
    /** The service refused the revocation. */
    'refused',
    /** The service did not answer. */
    'offline',
  ]),
  /** When an access token that still works expires, if known. */
  worksUntil: z.number().nullable(),
  /** The service's page to revoke it on. */
  page: z.string().nullable(),
  words: z.string(),
  /** When it was last checked again, after `at`. */
  checkedAt: z.number().optional(),
}))
export type Revocation = z.infer<typeof revocationSchema>

/** Whether a revocation is done. `unverified` counts, because the server accepted it; `refused` does not. */
export function isSettled(outcome: Revocation['outcome']): boolean {
  return outcome === 'revoked' || outcome === 'unverified'
}
