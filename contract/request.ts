// A test request with a connection's token, and what came back.
import { z } from 'zod'

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const

export const requestInputSchema = z.object({
  /** Chosen by the caller, so that it can cancel. */
  key: z.string().min(1).max(60),
  connectionId: z.string(),
  method: z.enum(methods),
  /** A path under the connection's base URL, or an absolute URL of the same origin. */
  path: z.string().min(1).max(8000),
  headers: z
    .array(z.tuple([z.string().max(200), z.string().max(8000)]))
    .max(60)
    .default([]),
  body: z.string().max(2_000_000).default(''),
})
export type RequestInput = z.infer<typeof requestInputSchema>

export const requestResultSchema = z.object({
  flowId: z.string(),
  url: z.string(),
  status: z.number().int(),
  statusText: z.string(),
  ms: z.number(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  body: z.string(),
  /** Bytes of the whole answer as far as it was read. */
  size: z.number().int(),
  truncated: z.boolean(),
  format: z.enum(['json', 'html', 'xml', 'text', 'binary', 'empty']),
  rateLimit: z
    .object({ limit: z.string().nullable(), remaining: z.string().nullable(), resetsAt: z.number().nullable() })
    .nullable(),
  /** What the answer means for this token, in a sentence, when it was refused. */
  explanation: z.string().nullable(),
})
export type RequestResult = z.infer<typeof requestResultSchema>
