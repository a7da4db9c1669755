// What an API answered about a token: whose it is or, if it cannot say, whether the person's test path works with it. Kept
// with the connection, so that a refusal is visible outside the flow, too.
import { z } from 'zod'
import { lazyObject } from './lazy-schema.ts'

export const apiAnswerSchema = lazyObject(() => ({
  /** Milliseconds since the epoch. */
  at: z.number(),
  of: z.enum(['account', 'test_path']),
  status: z.number().int(),
  /** Why it did not succeed, in the API's own words if it gave any; `null` if it did. */
  why: z.string().nullable(),
}))
export type ApiAnswer = z.infer<typeof apiAnswerSchema>

/** The answer in a sentence; `null` if the account already says it all. */
export function apiAnswerWords({ of, status, why }: Omit<ApiAnswer, 'at'>): string | null {
  const said = why === null ? '.' : `: ${why}`
  if (of === 'test_path') return `The test path answered ${status}${said}`
  return why === null ? null : `Asked whose token this is, the API answered ${status}${said}`
}
