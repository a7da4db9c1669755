// What a connection's tokens say of themselves, and what of that could be verified. Never a signature, never an opaque token.
import { z } from 'zod'
import { checkFacts } from './flow/check.ts'
import { lazyObject, lazyUnion } from './lazy-schema.ts'

const tokenInspectionSchema = lazyUnion('format', () => [
  z.object({ format: z.literal('opaque'), length: z.number().int() }),
  /** Header and claims of a JWT without its signature, so that it cannot be used as a token. */
  z.object({
    format: z.literal('jwt'),
    header: z.record(z.string(), z.unknown()),
    claims: z.record(z.string(), z.unknown()),
  }),
  /** An unsigned JWT: its claims would be the whole token, so only their names are shown. */
  z.object({ format: z.literal('unsigned_jwt'), claimNames: z.array(z.string()) }),
])
export type TokenInspection = z.infer<typeof tokenInspectionSchema>

const factsSchema = lazyObject(checkFacts)
export type TokenCheck = z.infer<typeof factsSchema>

export const tokensInspectionSchema = lazyObject(() => ({
  accessToken: tokenInspectionSchema,
  /** The newest ID token, and what of it fits now; without its signature, which needs the issuer's keys. `null` if none is kept. */
  idToken: z.object({ inspection: tokenInspectionSchema, checks: z.array(factsSchema) }).nullable(),
  /** Whether the service's description says where its keys are. */
  hasKeys: z.boolean(),
}))
export type TokensInspection = z.infer<typeof tokensInspectionSchema>

/** Each `null` where there is no such token, or it is no JWT. */
export const signaturesSchema = lazyObject(() => ({
  accessToken: factsSchema.nullable(),
  idToken: factsSchema.nullable(),
}))
export type Signatures = z.infer<typeof signaturesSchema>
