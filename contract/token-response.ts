// Where a token endpoint's answer holds what RFC 6749 §5.1 names otherwise, as a service's description says it.
import { jsonPaths } from './description-text.ts'
import { lazyObject } from './lazy-schema.ts'

/** Dotted paths into the answer, tried in order; without any, the RFC's own names. */
export const tokenResponseSchema = lazyObject(() => ({
  /** Further tokens in the same answer become connections of their own. */
  accessToken: jsonPaths.default([]),
  refreshToken: jsonPaths.default([]),
  /** Seconds, or a date. */
  expiresIn: jsonPaths.default([]),
  scope: jsonPaths.default([]),
  /** The error of a refusal, also with status 200. */
  error: jsonPaths.default([]),
}))
