// What procedures on services take.
import { z } from 'zod'
import { lazyObject } from './lazy-schema.ts'

export const serviceImportSchema = lazyObject(() => ({
  text: z.string().max(500_000),
  replace: z.boolean().default(false),
  edited: z.boolean().default(false),
}))

export const discoveryInputSchema = lazyObject(() => ({
  url: z.string().max(2000),
  /** Further ones to trust, as PEM; they become part of the description. */
  certificateAuthorities: z.string().max(20_000).optional(),
  /** Addresses of the APIs that tokens are for, if elsewhere than the issuer. */
  apiOrigins: z.array(z.string().max(2000)).max(20).optional(),
  /** Of several authorization servers that an API trusts, the one to use; by default the first that answers. */
  authorizationServer: z.string().max(2000).optional(),
}))
export type DiscoveryInput = z.infer<typeof discoveryInputSchema>

/** A webhook's signature, and what it is verified with. */
export const signatureInputSchema = lazyObject(() => ({
  id: z.string().max(200),
  signature: z.string().trim().min(1).max(2000),
  /** By default, the stored secrets of the service's webhooks are tried. */
  secret: z.string().min(1).max(4000).optional(),
  body: z.string().max(2_000_000),
}))
