// TLS settings made of authorities and a client certificate: parsing the authorities takes a while, so they are made once.
import { tls } from '../node-modules.ts'
import type { Authorities } from './authorities.ts'
import { clientCertificateOptions } from './certificates.ts'
import type { TlsContexts } from './dispatchers.ts'
import type { ServiceTls } from './service-tls.ts'

/** `further`: whether the system's authorities are trusted, too. */
export function createContexts(authorities: Authorities, service: ServiceTls | null, further: boolean): TlsContexts {
  const own = service?.authorities ?? []
  const ca = [...authorities.usual(), ...(further ? authorities.further() : []), ...own]
  const { createSecureContext } = tls()
  const trusting = createSecureContext({ ca })
  const identity = service?.clientCertificate
  if (!identity) return { server: trusting, proxy: trusting }
  const server = createSecureContext({ ca, ...clientCertificateOptions(identity.key) })
  return { server, proxy: trusting }
}
