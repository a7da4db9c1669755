// What a service needs of TLS beyond the usual: authorities of its own, and a client certificate.
import type { Secret } from '../secret.ts'

export interface ServiceTls {
  /** PEM certificates that are trusted for this service, too. */
  authorities: string[]
  clientCertificate: ClientCertificate | null
}

/** The certificate chain and its private key, both PEM. */
export interface ClientCertificate {
  certificate: string
  key: Secret
  /** For the person. */
  subject: string
}
