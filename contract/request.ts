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

/** Characters of a body that are answered at once: more is not read on a screen, and all of it can be had. */
export const longestShown = 1024 * 1024

export const answerPieceSchema = z.object({
  base64: z.string(),
  /** Where the next piece begins. */
  next: z.number().int(),
  ended: z.boolean(),
})

export type AnswerPiece = z.infer<typeof answerPieceSchema>

export const requestResultSchema = z.object({
  flowId: z.string(),
  url: z.string(),
  status: z.number().int(),
  statusText: z.string(),
  ms: z.number(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  /** The body as text, or its beginning; empty for what is no text. Known secrets are pseudonyms, the rest is as it came. */
  body: z.string().max(longestShown),
  /** Bytes of all of it; `null` while more comes. */
  size: z.number().int().nullable(),
  /** Whether there is more than `body`: `requests.read` answers all of it, `requests.save` saves it. */
  truncated: z.boolean(),
  format: z.enum(['json', 'html', 'xml', 'text', 'binary', 'empty']),
  rateLimit: z
    .object({ limit: z.string().nullable(), remaining: z.string().nullable(), resetsAt: z.number().nullable() })
    .nullable(),
  /** What the answer means for this token, in a sentence, when it was refused, or given as to anybody. */
  explanation: z.string().nullable(),
})
export type RequestResult = z.infer<typeof requestResultSchema>

/**
 * The header among `typed` that the API takes before the connection's token, so that the request is made by its owner;
 * `null` where the token counts, or was replaced in its own header.
 */
export function headerBeforeToken(
  { beatsBearer }: { beatsBearer: string[] },
  bearer: { header: string },
  typed: string[],
): string | null {
  const names = typed.map((name) => name.trim().toLowerCase())
  const own = bearer.header.toLowerCase()
  if (names.includes(own)) return null
  return beatsBearer.find((name) => name.toLowerCase() !== own && names.includes(name.toLowerCase())) ?? null
}

/** What the person should know before such a request is sent. */
export function keyBeatsToken(serviceName: string, header: string): string {
  return `${serviceName} takes ${header} before the token: this request is made by the owner of that key, not by this connection.`
}
