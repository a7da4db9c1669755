// What an API answered when it was asked about a token: whose it is, or, where it cannot say that, whether the person's own
// path works with it. Kept with the connection, so that a no is not seen in the flow alone.
import { z } from 'zod'

export const apiAnswerSchema = z.object({
  /** Milliseconds since the epoch. */
  at: z.number(),
  of: z.enum(['account', 'test_path']),
  status: z.number().int(),
  /** Why it was no yes, in the API's own words where it had some; `null` where it was one. */
  why: z.string().nullable(),
})
export type ApiAnswer = z.infer<typeof apiAnswerSchema>

/** The answer in a sentence; `null` where it says nothing that is not seen by the account. */
export function apiAnswerWords({ of, status, why }: Omit<ApiAnswer, 'at'>): string | null {
  const said = why === null ? '.' : `: ${why}`
  if (of === 'test_path') return `The test path answered ${status}${said}`
  return why === null ? null : `Asked whose token this is, the API answered ${status}${said}`
}
