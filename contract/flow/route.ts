// How a request left this machine, where it was not simply direct: the proxy, whose certificates were trusted, and the client
// certificate. Facts without secrets.
import { z } from 'zod'
import { lazyObject } from '../lazy-schema.ts'
import { optionalFact } from './fact.ts'

export const proxyFactsSchema = lazyObject(() => ({
  /** Scheme, host and port: `http://proxy.example:3128`. */
  address: z.string(),
  from: z.enum(['environment', 'system', 'settings']),
  /** The environment variable. */
  variable: optionalFact(z.string()),
  /** Whether a user name and password were there for it. */
  signsIn: z.boolean(),
}))
export type ProxyFacts = z.infer<typeof proxyFactsSchema>

export const routeSchema = lazyObject(() => ({
  proxy: optionalFact(proxyFactsSchema),
  /**
   * Whose certificates were accepted: the authorities that Grantdesk's runtime brings (`usual`), also those of the system and
   * of SSL_CERT_FILE or NODE_EXTRA_CA_CERTS (`system`), also the service's own.
   */
  authorities: z.array(z.enum(['usual', 'system', 'service'])),
  /** The subject of the client certificate that was shown on request. */
  clientCertificate: optionalFact(z.string()),
}))
export type Route = z.infer<typeof routeSchema>

const sources: Record<Exclude<ProxyFacts['from'], 'environment'>, string> = {
  system: 'the system’s setting',
  settings: 'your setting',
}

/** `http://proxy.example:3128 (HTTPS_PROXY)`. */
export function proxyWords({ address, from, variable }: ProxyFacts): string {
  return `${address} (${from === 'environment' ? (variable ?? 'environment') : sources[from]})`
}

/** The sentences about a route; empty if there is nothing to say. */
export function routeWords({ proxy, authorities, clientCertificate }: Route): string[] {
  const own = authorities.includes('service') ? ' and the service’s own authority' : ''
  return [
    ...(proxy ? [`Through the proxy ${proxyWords(proxy)}.`] : []),
    ...(authorities.includes('system')
      ? [`Certificate checked with this system’s authorities${own}, too.`]
      : own
        ? ['Certificate checked with the service’s own authority, too.']
        : []),
    ...(clientCertificate === null ? [] : [`Client certificate: ${clientCertificate}.`]),
  ]
}
