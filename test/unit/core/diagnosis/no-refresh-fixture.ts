// A grant that succeeded without a refresh token.
import type { Service } from '../../../../contract/service.ts'
import { authorizationRequest, contextOf, eventsOf, exchange } from './diagnosis-fixture.ts'
import { serviceWith } from './known-fixture.ts'

interface Facts {
  expected?: 'issued' | null
  issued?: boolean
  grantType?: string
  expiresIn?: number | null
}

/** By an authorization request with these parameters. */
export function withoutRefreshToken(
  parameters: Record<string, string>,
  { expected = 'issued', issued = false, grantType = 'authorization_code', expiresIn = 3600 }: Facts = {},
) {
  return eventsOf(
    authorizationRequest(parameters),
    exchange({ purpose: { kind: 'token_request', grantType } }),
    { kind: 'check', which: 'expires_in', found: expiresIn, result: expiresIn === null ? 'unconfirmed' : 'passed' },
    {
      ...{ kind: 'check', which: 'refresh_token', expected, found: issued ? 'issued' : null },
      ...(issued ? { result: 'passed' } : { result: 'unconfirmed', reason: 'none_issued' }),
    },
  )
}

/** A flow that succeeded, at a service with these facts. */
export function succeededAt(facts: Record<string, unknown> = {}) {
  const service: Service = serviceWith(facts)
  return contextOf({ flow: { outcome: 'succeeded' }, service, grant: service.grants[0] ?? null })
}
