// How codes and tokens are asked for, and where a token endpoint's answer holds what RFC 6749 §5.1 names otherwise, as a service's description says it.
import { z } from 'zod'
import { jsonPaths } from './description-text.ts'
import { lazyObject } from './lazy-schema.ts'

/** The protocol's parameters that a service may call otherwise. */
const renameable = [
  'client_id',
  'client_secret',
  'redirect_uri',
  'response_type',
  'grant_type',
  'scope',
  'code',
  'refresh_token',
] as const

/** The service's names of parameters, by the RFC's. */
const parameterNamesSchema = z.partialRecord(
  z.enum(renameable),
  z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]{0,39}$/, 'a name of letters, digits, underscores, dots and hyphens'),
)
export type ParameterNames = z.infer<typeof parameterNamesSchema>

export const tokenRequestSchema = lazyObject(() => ({
  encoding: z.enum(['form', 'json']).default('form'),
  names: parameterNamesSchema.optional(),
}))

export const authorizationRequestSchema = lazyObject(() => ({ names: parameterNamesSchema.optional() }))

/** A name that placeholders can have. */
const keptName = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,59}$/, 'letters, digits and underscores')

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
  /**
   * What requests to the API need later, and placeholders are filled with: members of the answer, else parameters of the
   * redirect. By name; a list of names is short for members of these names.
   */
  keep: z.union([z.array(keptName), z.record(keptName, jsonPaths)]).default([]),
}))
