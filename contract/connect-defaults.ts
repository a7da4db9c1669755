// What connecting takes where the person chose nothing: one proposal for the window's wizard and the command line. Pure.
import { type ClientInput, proposedRedirectPort, type RedirectChoice } from './client.ts'
import type { Grant, ServiceView, TokenPlacement } from './service.ts'

/** The authorization code grant where the service offers it, else its first; `undefined` where it has none. */
export function usualGrant({ grants }: Pick<ServiceView, 'grants'>): Grant | undefined {
  return grants.find(({ type }) => type === 'authorization_code') ?? grants[0]
}

/** Any port where the service is known to take any, else the one that is proposed for registering. */
export function usualRedirect({ redirect }: Pick<ServiceView, 'redirect'>): RedirectChoice {
  return redirect.anyPort === 'yes' ? { mode: 'ephemeral' } : { mode: 'fixed', port: proposedRedirectPort }
}

/** How a new client authenticates, shows its code verifier and is sent back to. */
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

/** Where a token of this grant is sent. */
export function usualBearer({ bearer }: Pick<ServiceView, 'bearer'>, grant: Grant | undefined): TokenPlacement {
  return grant?.bearer ?? bearer
}
