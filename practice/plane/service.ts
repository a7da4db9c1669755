// Practice Plane: paths that end in a slash, prefixed tokens, applications that are installed in workspaces.
import { messagePage } from '../consent-page.ts'
import { type Answer, empty, html, json } from '../http.ts'
import { errorOf, pick } from '../oauth-answers.ts'
import {
  type Draft,
  difficultClient,
  FOREVER,
  PRACTICE_ACCOUNTS,
  PRACTICE_REDIRECTS,
  type ServiceProfile,
  type TokenRequestVerdict,
} from '../profile.ts'
import { quirkSet } from '../quirk-catalogue.ts'
import { createRateLimit } from '../rate-limit.ts'
import { WEBHOOKS_PAGE, webhookRoutes } from '../webhooks-page.ts'
import { tooManyRequests } from './access.ts'
import { planeRoutes } from './api.ts'
import { createInstallations } from './installations.ts'
import { MARKETPLACE_PATH, marketplaceRoutes } from './marketplace-page.ts'
import { PLANE_SCOPES } from './scopes.ts'
import { planeWebhooks } from './webhooks.ts'
import { ADA, ALICE, createWorkspaces } from './workspaces.ts'

const REQUESTS_PER_MINUTE = 60
/** Seconds until the rate limit resets, in a 429 that a quirk switched on. */
const SOON = 7
const TOKEN_MEMBERS = ['access_token', 'refresh_token', 'token_type', 'expires_in', 'scope']

/** Plane's token endpoint mostly answers an error code without a description. */
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
    about:
      'Project management. Allowing an app installs it in the workspaces of the account: Ada is in one, Alice in two. The Community edition is one of its quirks.',
    colour: { light: '#24579c', dark: '#8ab8f5' },
    clients: [
      {
        name: 'Practice app',
        clientId: 'plane-practice-app',
        clientSecret: 'plane-practice-secret',
        redirectUris: PRACTICE_REDIRECTS,
        clientAuthentication: 'body',
      },
      {
        name: 'Second practice app',
        clientId: 'plane-second-app',
        clientSecret: 'plane-second-secret',
        redirectUris: PRACTICE_REDIRECTS,
        clientAuthentication: 'body',
      },
      difficultClient('plane'),
    ],
    accounts: PRACTICE_ACCOUNTS,
    apiKeys: [...keys].map(([value, login]) => ({
      name: `API key of ${login}`,
      value,
      header: 'X-Api-Key',
      prefix: '',
    })),
    paths: {
      authorization: '/auth/o/authorize-app/',
      token: '/auth/o/token/',
      revocation: '/auth/o/revoke-token/',
    },
    scopes: PLANE_SCOPES,
    defaultScope: 'read write',
    accessTokenLifetime: 86400,
    refreshTokenLifetime: FOREVER,
    quirks: quirkSet(
      {
        revocation: true,
        scopes: true,
        reportsScope: true,
        communityEdition: true,
        own: ['redirect-without-installation', 'payment-required', 'bad-key-401', 'bad-key-403'],
      },
      ['refresh-rotates'],
    ),
    prefixes: { access: 'pln_', refresh: 'pln_refresh_', bot: 'pln_bot_' },
    grants: ['authorization_code', 'refresh_token', 'client_credentials'],
    oauthRoot: '/auth/o/',
    pages: [{ path: MARKETPLACE_PATH, name: 'Marketplace: install an app from Plane’s side' }, WEBHOOKS_PAGE],
    checkTokenRequest(form, clientId): TokenRequestVerdict {
      if (form.get('grant_type') !== 'client_credentials') return null
      const installation = installations.find(form.get('app_installation_id') ?? '')
      if (!installation || installation.clientId !== clientId) return { refusal: refuse(400, 'invalid_request') }
      if (!form.has('scope')) form.set('scope', installation.scope)
      return { remember: { app_installation_id: installation.id } }
    },
    shapeTokenAnswer,
    shapeRevocationAnswer: (draft) =>
      draft.status === 200
        ? empty(200, { 'content-type': 'text/html; charset=utf-8' })
        : refuse(draft.status, errorOf(draft)),
    extendRedirect(url, { clientId, login, scope }, quirks) {
      const home = login === 'ada' ? 'practice-one' : 'practice-two'
      for (const workspace of workspaces.filter(({ members }) => members.some((one) => one.login === login))) {
        const { id } = installations.install(clientId, login, workspace, scope)
        if (workspace.slug === home && !quirks.isOn('redirect-without-installation'))
          url.searchParams.set('app_installation_id', id)
      }
    },
    notFound: (path) =>
      html(
        404,
        messagePage(profile, 'Page not found', [
          `There is nothing at ${path}.`,
          'Every path of Plane ends in a slash.',
        ]),
      ),
    tooMany: (path) => tooManyRequests(path.startsWith('/api/v2/') ? 'v2' : 'v1', Math.floor(Date.now() / 1000) + SOON),
    routes: ({ store, clients, quirks }) => [
      ...webhookRoutes(profile, planeWebhooks(workspaces)),
      ...marketplaceRoutes(profile, workspaces, installations),
      ...planeRoutes({
        store,
        quirks,
        clients,
        limit: createRateLimit(REQUESTS_PER_MINUTE),
        people: [ADA, ALICE],
        workspaces,
        installations,
        keys,
      }),
    ],
  }
  return profile
}
