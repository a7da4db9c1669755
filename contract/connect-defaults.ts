// The defaults for connecting, shared by the window's wizard and the command line. Pure.
import type { ClientInput, ClientView } from './client.ts'
import { proposedRedirectPort, type RedirectChoice, redirectChoiceOf, takesAnyPort } from './redirect-uri.ts'
import type { Grant, ServiceView, TokenPlacement } from './service.ts'

/** The authorization code grant if the service has it, else its first grant, if any. */
export function usualGrant({ grants }: Pick<ServiceView, 'grants'>): Grant | undefined {
  return grants.find(({ type }) => type === 'authorization_code') ?? grants[0]
}

/** The service's own; else any port if it is known to accept that, else the port that we propose to register. */
export function usualRedirect({ redirect }: Pick<ServiceView, 'redirect'>): RedirectChoice {
  const { default: own, anyPort } = redirect
  if (own !== undefined) return redirectChoiceOf(own, takesAnyPort(own, anyPort))
  return anyPort === 'yes' ? { mode: 'ephemeral' } : { mode: 'fixed', port: proposedRedirectPort }
}

/** A new client's authentication method, PKCE method and redirect URI. */
export function usualClient(
  service: Pick<ServiceView, 'clientAuthentication' | 'pkce' | 'redirect'>,
): Pick<ClientInput, 'clientAuthentication' | 'redirect'> &
  Required<Pick<ClientInput, 'grantAuthentication' | 'pkce'>> {
  const { clientAuthentication, pkce } = service
  return {
    clientAuthentication: clientAuthentication.default,
    grantAuthentication: {},
    pkce,
    redirect: usualRedirect(service),
  }
}

/** Whether a client is at a practice service: its address tells, however it was entered. */
export function isAtPractice(client: Place, clients: (Place & Pick<ClientView, 'practice'>)[]): boolean {
  const { serviceId, baseUrl } = client
  return clients.some((one) => one.practice && one.serviceId === serviceId && one.baseUrl === baseUrl)
}

type Place = Pick<ClientView, 'serviceId' | 'baseUrl'>

/** How tokens of this grant are sent. */
export function usualBearer({ bearer }: Pick<ServiceView, 'bearer'>, grant: Grant | undefined): TokenPlacement {
  return grant?.bearer ?? bearer
}
