// What a service needs of TLS beyond the usual: authorities of its own, and a client certificate.
import type { CertificateFacts } from '../../contract/certificates.ts'
import type { ClientKey } from './certificates.ts'

export interface ServiceTls {
  /** PEM certificates that are trusted for this service, too. */
  authorities: string[]
  clientCertificate: { key: ClientKey; facts: CertificateFacts } | null
}
