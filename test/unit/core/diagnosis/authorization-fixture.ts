// What flows by redirect and by client have in common, for the diagnosis rules about them.
import type { ClientView } from '../../../../contract/client.ts'
import type { Diagnosis } from '../../../../contract/flow/diagnosis.ts'
import type { FlowEvent } from '../../../../contract/flow/event.ts'
import { redirectChoiceOf } from '../../../../contract/redirect-uri.ts'
import { type Service, serviceSchema } from '../../../../contract/service.ts'
import { authorizationRequest, earlierFlow, eventsOf, exchange, form, refusal } from './diagnosis-fixture.ts'

/** A client that is registered with this redirect URI; `anyPort` if the server is to take any. */
export function clientWith(redirectUri: string, anyPort = false): ClientView {
  return {
    ...{ id: 'c1', name: 'Client', serviceId: 'acme', baseUrl: 'https://as.example', clientId: 'app', hasSecret: true },
    ...{ weakSecret: false, clientAuthentication: 'body', grantAuthentication: {}, pkce: 'S256', practice: false },
    ...{ redirect: redirectChoiceOf(redirectUri, anyPort), redirectUri, connectionCount: 0, secretDamage: null },
  }
}

/** A service with a page for registering clients. */
export function serviceWith(facts: Record<string, unknown> = {}): Service {
  return serviceSchema.parse({
    ...{ schema: 2, id: 'acme', name: 'Acme', base: { default: 'https://as.example', example: 'https://as.example' } },
    endpoints: { authorization: '{base}/authorize', token: '{base}/token' },
    registration: { page: '{base}/apps', steps: 'Register there.' },
    clientAuthentication: { allowed: ['body', 'basic', 'basic-raw'], default: 'body' },
    redirect: { anyPort: 'unknown' },
    grants: [{ id: 'code', type: 'authorization_code', name: 'Authorization code' }],
    scopes: {},
    ...facts,
  })
}

/** The authorization endpoint's answer at the redirect URI. */
export function redirectWith(error: string | null, errorDescription: string | null = null, via = 'listener') {
  return { kind: 'redirect', via, parameters: [], error, errorDescription }
}

export function waitFor(what: string, ended: string): Record<string, unknown> {
  return { kind: 'wait', for: what, ended }
}

/** Sent with this redirect URI, and refused for it. */
export function refusedRedirect(redirectUri: string): FlowEvent[] {
  return eventsOf(
    authorizationRequest({ redirect_uri: redirectUri }),
    redirectWith('invalid_request', 'The redirect_uri is not registered.'),
  )
}

/** Sent with this redirect URI, and never answered. */
export function unansweredRedirect(redirectUri: string, ended = 'timed_out'): FlowEvent[] {
  return eventsOf(authorizationRequest({ redirect_uri: redirectUri }), waitFor('redirect', ended))
}

type Request = Parameters<typeof exchange>[0]['request']

/** How requests authenticate the client `app`; the secret is a pseudonym. */
export const authenticatedBy = {
  body: (secret = '<client_secret:1>') =>
    form({ grant_type: 'refresh_token', client_id: 'app', client_secret: secret }),
  basic: (secret = '<client_secret:1>') => ({
    ...form({ grant_type: 'refresh_token' }),
    headers: [
      ['content-type', 'application/x-www-form-urlencoded'],
      ['authorization', `Basic <app:${secret}>`],
    ] as [string, string][],
  }),
  none: () => form({ grant_type: 'refresh_token', client_id: 'app' }),
}

const refresh = { kind: 'refresh', with: 'refresh_token' }

/** A refresh that was refused. */
export function refusedToken(request: Request, response = refusal('invalid_client', undefined, 401)): FlowEvent[] {
  return eventsOf(exchange({ purpose: refresh, request, response, outcome: 'failed' }))
}

/** An earlier flow in which the token endpoint took such a refresh. */
export function accepted(request: Request) {
  return earlierFlow(eventsOf(exchange({ purpose: refresh, request })))
}

/** What a piece of evidence shows, with what is marked of it. */
export function shown(found: Diagnosis | undefined): string[] | undefined {
  return found?.evidence.map(({ value, marked }) => (marked === null ? value : value.slice(...marked)))
}

/** A stray request to the redirect listener at this target. */
export function strayWith(reason: string, url = '/callback', facts: Record<string, unknown> = {}) {
  return { kind: 'stray_request', reason, status: 400, request: { method: 'GET', url, headers: [] }, ...facts }
}

/** The token request for a code, with a client in the body. */
export function codeRequest(more: Record<string, string> = {}) {
  return form({ grant_type: 'authorization_code', code: '<code:1>', client_id: 'app', ...more })
}

/** Events of a flow by redirect: what was asked, what came back, and more. */
export function afterRedirect(asked: Record<string, string>, ...more: Record<string, unknown>[]): FlowEvent[] {
  return eventsOf(authorizationRequest({ client_id: 'app', state: '<state:1>', ...asked }), ...more)
}

/** A flow whose code was refused. */
export function refusedCodeFlow(
  response = refusal('invalid_grant'),
  { asked = {}, sent = {}, redirect = {}, before = [] }: CodeFlow = {},
): FlowEvent[] {
  const came = { ...redirectWith(null), parameters: [['code', '<code:1>']], ...redirect }
  const refused = exchange({ request: codeRequest(sent), response, outcome: 'failed' })
  return afterRedirect(asked, came, ...before, refused)
}

interface CodeFlow {
  asked?: Record<string, string>
  sent?: Record<string, string>
  redirect?: Record<string, unknown>
  before?: Record<string, unknown>[]
}
