// Practice Plane: paths that end in a slash, tokens that say what they are, applications installed in workspaces.
import { messagePage } from '../consent-page.ts'
import { type Answer, empty, html, json } from '../http.ts'
import { errorOf, pick } from '../oauth-answers.ts'
import { type Draft, FOREVER, LOOPBACK_REDIRECTS, PRACTICE_ACCOUNTS, type ServiceProfile } from '../profile.ts'
import { createRateLimit } from '../rate-limit.ts'
import { planeRoutes } from './api.ts'
import { createInstallations } from './installations.ts'
import { PLANE_SCOPES } from './scopes.ts'
import { ADA, ALICE, createWorkspaces } from './workspaces.ts'

const REQUESTS_PER_MINUTE = 60
const TOKEN_MEMBERS = ['access_token', 'refresh_token', 'token_type', 'expires_in', 'scope']

/** The refusals of Plane's token endpoint carry a code and mostly no words. */
function refuse(status: number, error: string, headers: Record<string, string> = {}): Answer {
  return json(
    status,
    { error },
    status === 401 ? { 'www-authenticate': `Bearer error="${error}"`, ...headers } : headers,
  )
}

function shapeTokenAnswer(draft: Draft): Answer {
  if (draft.status !== 200) return refuse(draft.status, errorOf(draft))
  return json(200, pick(draft.body, TOKEN_MEMBERS))
}

/** Makes a practice Plane of its own. */
export function planeService(): ServiceProfile {
  const workspaces = createWorkspaces()
  const installations = createInstallations()
  const keys = new Map([
    ['plane_api_practice_ada_0123456789abcdef', 'ada'],
    ['plane_api_practice_alice_0123456789abcdef', 'alice'],
  ])
  const profile: ServiceProfile = {
    id: 'plane',
    name: 'Plane',
    colour: { light: '#24579c', dark: '#8ab8f5' },
    clients: [
      {
        name: 'Practice app',
        clientId: 'plane-practice-app',
        clientSecret: 'plane-practice-secret',
        redirectUris: LOOPBACK_REDIRECTS,
        clientAuthentication: 'body',
      },
      {
        name: 'Second practice app',
        clientId: 'plane-second-app',
        clientSecret: 'plane-second-secret',
        redirectUris: LOOPBACK_REDIRECTS,
        clientAuthentication: 'body',
      },
    ],
    accounts: PRACTICE_ACCOUNTS,
    apiKeys: [...keys].map(([value, login]) => ({ name: `API key of ${login}`, value })),
    paths: {
      authorization: '/auth/o/authorize-app/',
      token: '/auth/o/token/',
      revocation: '/auth/o/revoke-token/',
    },
    scopes: PLANE_SCOPES,
    defaultScope: 'read write',
    accessTokenLifetime: 86400,
    refreshTokenLifetime: FOREVER,
    rotation: 'replace',
    prefixes: { access: 'pln_', refresh: 'pln_refresh_', bot: 'pln_bot_' },
    grants: ['authorization_code', 'refresh_token', 'client_credentials'],
    checkTokenRequest(form, clientId) {
      const known = profile.clients.some((client) => client.clientId === clientId)
      if (form.get('grant_type') !== 'client_credentials' || !known) return null
      const installation = installations.find(form.get('app_installation_id') ?? '')
      if (!installation || installation.clientId !== clientId) return refuse(400, 'invalid_request')
      if (!form.has('scope')) form.set('scope', installation.scope)
      return null
    },
    shapeTokenAnswer,
    shapeRevocationAnswer: (draft) =>
      draft.status === 200
        ? empty(200, { 'content-type': 'text/html; charset=utf-8' })
        : refuse(draft.status, errorOf(draft)),
    extendRedirect(url, { clientId, login, scope }) {
      const home = workspaces.find(({ slug }) => slug === (login === 'ada' ? 'practice-one' : 'practice-two'))
      if (home) url.searchParams.set('app_installation_id', installations.install(clientId, login, home, scope).id)
    },
    notFound: (path) =>
      html(
        404,
        messagePage(profile, 'Page not found', [
          `There is nothing at ${path}.`,
          'Every path of Plane ends in a slash.',
        ]),
      ),
    routes: (store) =>
      planeRoutes({
        store,
        limit: createRateLimit(REQUESTS_PER_MINUTE),
        people: [ADA, ALICE],
        workspaces,
        installations,
        keys,
      }),
  }
  return profile
}
