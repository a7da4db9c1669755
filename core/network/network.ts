// The application's way to the network, put together from what the host knows and what the person set.
import type { Settings } from '../../contract/settings.ts'
import type { Ports } from '../ports.ts'
import type { Secret } from '../secret.ts'
import { createAuthorities } from './authorities.ts'
import { createProxies } from './proxies.ts'
import { createSend, type Send, type SendDeps } from './send.ts'

interface Known {
  tlsOf: SendDeps['tlsOf']
  settings: { current(): Settings; proxyPassword(): Promise<Secret | null> }
}

export function createNetwork(
  ports: Pick<Ports, 'fetch' | 'environment' | 'systemProxy' | 'log'>,
  { settings, tlsOf }: Known,
): Send {
  const { fetch, environment, systemProxy, log } = ports
  return createSend({
    fetch,
    authorities: createAuthorities(environment, log),
    proxiesFor: createProxies({
      environment,
      systemProxy,
      settings: () => settings.current().proxy,
      password: settings.proxyPassword,
    }),
    tlsOf,
  })
}
