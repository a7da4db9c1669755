// A test request with a connection's token, and its response.
import { z } from 'zod'
import { lazyObject } from './lazy-schema.ts'

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const

export const requestInputSchema = lazyObject(() => ({
  /** Chosen by the caller, who cancels by it. */
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
}))
export type RequestInput = z.infer<typeof requestInputSchema>

/** How much of a body is returned right away (characters); `requests.read` has the rest. */
export const longestShown = 1024 * 1024

export const answerPieceSchema = lazyObject(() => ({
  base64: z.string(),
  /** Where the next piece begins. */
  next: z.number().int(),
  ended: z.boolean(),
}))

export type AnswerPiece = z.infer<typeof answerPieceSchema>

export const requestResultSchema = lazyObject(() => ({
  flowId: z.string(),
  url: z.string(),
  status: z.number().int(),
  statusText: z.string(),
  ms: z.number(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  /** The body, or its beginning; empty if it is not text. Known secrets are replaced with pseudonyms. */
  body: z.string().max(longestShown),
  /** Bytes in total; `null` while it is still being received. */
  size: z.number().int().nullable(),
  /** Whether there is more than `body`: `requests.read` and `requests.save` have all of it. */
  truncated: z.boolean(),
  format: z.enum(['json', 'html', 'xml', 'text', 'binary', 'empty']),
  rateLimit: z
    .object({ limit: z.string().nullable(), remaining: z.string().nullable(), resetsAt: z.number().nullable() })
    .nullable(),
  /** What the response means for this token, if it was refused or answered as an anonymous request. */
  explanation: z.string().nullable(),
}))
export type RequestResult = z.infer<typeof requestResultSchema>

/**
 * The header in `typed` that takes precedence over the connection's token, so that the request acts as that key's owner;
 * `null` if the token is used, its own header was replaced, or nobody knows what that is.
 */
export function headerBeforeToken(
  { beatsBearer }: { beatsBearer: string[] },
  bearer: { header: string } | null,
  typed: string[],
): string | null {
  if (bearer === null) return null
  const names = typed.map((name) => name.trim().toLowerCase())
  const own = bearer.header.toLowerCase()
  if (names.includes(own)) return null
  return beatsBearer.find((name) => name.toLowerCase() !== own && names.includes(name.toLowerCase())) ?? null
}

/** The warning before such a request is sent. */
export function keyBeatsToken(serviceName: string, header: string): string {
  return `${serviceName} takes ${header} before the token: this request is made by the owner of that key, not by this connection.`
}
