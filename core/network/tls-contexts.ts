// TLS settings made of authorities and a client certificate: parsing the authorities takes a while, so they are made once.
import { tls } from '../node-modules.ts'
import type { Authorities } from './authorities.ts'
import { clientCertificateOptions } from './certificates.ts'
import type { TlsContexts } from './dispatchers.ts'
import type { ServiceTls } from './service-tls.ts'

/** `further`: whether the system's authorities are trusted, too. */
export function createContexts(authorities: Authorities, service: ServiceTls | null, further: boolean): TlsContexts {
  const own = service?.authorities ?? []
  const machine = [...authorities.usual(), ...(further ? authorities.further() : [])]
  const { createSecureContext } = tls()
  // A service's own authority vouches for that service, not for the proxy on the way there.
  const proxy = createSecureContext({ ca: machine })
  const identity = service?.clientCertificate
  if (own.length === 0 && !identity) return { server: proxy, proxy }
  const certificate = identity ? clientCertificateOptions(identity.key) : {}
  return { server: createSecureContext({ ca: [...machine, ...own], ...certificate }), proxy }
}
