// Certificates for a service: authorities that sign its own, and one that shows who the person is. What callers see of them.
import { z } from 'zod'
import { lazyObject, lazyUnion } from './lazy-schema.ts'

export const certificateFactsSchema = lazyObject(() => ({
  subject: z.string(),
  issuer: z.string(),
  /** Milliseconds since the epoch; `null` if it cannot be read. */
  expiresAt: z.number().nullable(),
}))
export type CertificateFacts = z.infer<typeof certificateFactsSchema>

/** What is known of a service's certificates; the keys stay in the vault. */
export const serviceCertificatesSchema = lazyObject(() => ({
  /** Trusted for this service in addition to everybody's authorities. */
  authorities: z.array(certificateFactsSchema.unwrap().extend({ from: z.enum(['description', 'person']) })),
  clientCertificate: certificateFactsSchema.nullable(),
}))
export type ServiceCertificates = z.infer<typeof serviceCertificatesSchema>

const pem = z.string().max(200_000)

/** A client certificate as the person has it. */
export const clientCertificateInputSchema = lazyUnion('format', () => [
  /** The certificate, followed by the rest of its chain, and the private key; both may be one text. */
  z.object({ format: z.literal('pem'), certificate: pem, key: pem, passphrase: z.string().max(1000).optional() }),
  /** PKCS #12, in base64. */
  z.object({ format: z.literal('pfx'), pfx: z.string().max(500_000), passphrase: z.string().max(1000).optional() }),
])
export type ClientCertificateInput = z.infer<typeof clientCertificateInputSchema>

/** What is left out stays as it is; `null` removes it. */
export const certificatesInputSchema = lazyObject(() => ({
  id: z.string().max(200),
  /** PEM. */
  authorities: pem.nullable().optional(),
  clientCertificate: clientCertificateInputSchema.nullable().optional(),
}))
export type CertificatesInput = z.infer<typeof certificatesInputSchema>
