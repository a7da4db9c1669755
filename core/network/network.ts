// The application's way to the network, put together from what the host knows and what the person set.
import type { Settings } from '../../contract/settings.ts'
import type { Ports } from '../ports.ts'
import type { Records } from '../records.ts'
import { createAuthorities } from './authorities.ts'
import { createProxies } from './proxies.ts'
import { createSend, type Send } from './send.ts'

/** The id of the only record of a proxy's password. */
export const proxyPasswordId = 'all'

interface Known {
  settings: { current(): Settings }
  secrets: Pick<Records, 'read'>
}

export function createNetwork(
  ports: Pick<Ports, 'fetch' | 'environment' | 'systemProxy' | 'log'>,
  { settings, secrets }: Known,
): Send {
  const { fetch, environment, systemProxy, log } = ports
  return createSend({
    fetch,
    authorities: createAuthorities(environment, log),
    proxiesFor: createProxies({
      environment,
      systemProxy,
      settings: () => settings.current().proxy,
      password: async () => (await secrets.read('proxy_password', proxyPasswordId))?.password ?? null,
    }),
    tlsOf: async () => null,
  })
}
