// Practice Planio: a Redmine with Doorkeeper, down to the empty bodies.
import { messagePage } from '../consent-page.ts'
import { DEVICE_CODE } from '../device-codes.ts'
import { devicePageRoutes } from '../device-grant.ts'
import { type Answer, empty, html, json } from '../http.ts'
import { errorOf, pick, refuseLikeDoorkeeper } from '../oauth-answers.ts'
import {
  type Draft,
  difficultClient,
  FOREVER,
  PRACTICE_ACCOUNTS,
  PRACTICE_REDIRECTS,
  type ServiceProfile,
} from '../profile.ts'
import { OUT_OF_BAND } from '../provider-configuration.ts'
import { quirkSet } from '../quirk-catalogue.ts'
import { DEVICE_QUIRKS } from '../service-quirks.ts'
import { WEBHOOKS_PAGE, webhookRoutes } from '../webhooks-page.ts'
import { planioRoutes } from './api.ts'
import { ACCOUNT_PATH, APPLICATIONS_PATH, OUT_OF_BAND_PATH, planioOAuthRoutes } from './oauth-pages.ts'
import { PLANIO_DEFAULT_SCOPE, PLANIO_SCOPES } from './scopes.ts'
import { createTracker } from './tracker.ts'
import { planioWebhooks } from './webhooks.ts'

function shapeTokenAnswer(draft: Draft): Answer {
  if (draft.status !== 200) return refuseLikeDoorkeeper(draft, 'Redmine')
  const { access_token, token_type, expires_in, refresh_token, scope } = draft.body
  return json(200, {
    ...pick({ access_token, token_type, expires_in, refresh_token, scope }, [
      'access_token',
      'token_type',
      'expires_in',
      'refresh_token',
      'scope',
    ]),
    created_at: Math.floor(Date.now() / 1000),
  })
}

function shapeRevocationAnswer(draft: Draft): Answer {
  if (draft.status === 200) return json(200, {})
  if (errorOf(draft) !== 'invalid_client') return json(draft.status, pick(draft.body, ['error', 'error_description']))
  return json(403, {
    error: 'unauthorized_client',
    error_description: 'You are not authorized to revoke this token',
  })
}

/** GitLab's, which is Doorkeeper's too. */
const DEVICE_PATH = '/oauth/device'

/** Makes a practice Planio of its own. */
export function planioService(): ServiceProfile {
  const tracker = createTracker()
  const redirectUris = [...PRACTICE_REDIRECTS, OUT_OF_BAND]
  const profile: ServiceProfile = {
    id: 'planio',
    name: 'Planio',
    about:
      'Project management on Redmine. Scopes are permissions, refusals have empty bodies, and a token it never issued counts as nobody, who may read what is public.',
    colour: { light: '#1f6b3a', dark: '#86d3a0' },
    clients: [
      {
        name: 'Practice app',
        clientId: 'planio-practice-app',
        clientSecret: 'planio-practice-secret',
        redirectUris,
        clientAuthentication: 'body',
      },
      {
        name: 'Second practice app',
        clientId: 'planio-second-app',
        clientSecret: 'planio-second-secret',
        redirectUris,
        clientAuthentication: 'basic',
      },
      difficultClient('planio', redirectUris),
    ],
    accounts: PRACTICE_ACCOUNTS,
    apiKeys: tracker.users.map(({ login, api_key }) => ({
      name: `API key of ${login}`,
      value: api_key,
      header: 'X-Redmine-API-Key',
      prefix: '',
    })),
    paths: {
      authorization: '/oauth/authorize',
      token: '/oauth/token',
      revocation: '/oauth/revoke',
      deviceAuthorization: '/oauth/authorize_device',
    },
    devicePath: DEVICE_PATH,
    scopes: PLANIO_SCOPES,
    defaultScope: PLANIO_DEFAULT_SCOPE,
    accessTokenLifetime: 7200,
    refreshTokenLifetime: FOREVER,
    quirks: quirkSet(
      {
        ...{ revocation: true, scopes: true, reportsScope: true },
        own: ['rest-api-off', 'unknown-is-nobody', 'key-beats-bearer', 'success-code-page', ...DEVICE_QUIRKS],
      },
      ['refresh-until-used', 'basic-raw', 'unknown-is-nobody', 'key-beats-bearer'],
    ),
    grants: ['authorization_code', 'refresh_token', DEVICE_CODE],
    pages: [
      WEBHOOKS_PAGE,
      { path: APPLICATIONS_PATH, name: 'Authorized applications: what has access, and taking it away' },
      { path: ACCOUNT_PATH, name: 'My account: API access keys' },
      { path: DEVICE_PATH, name: 'Connect a device: enter its code, while the device grant is switched on' },
      { path: OUT_OF_BAND_PATH, name: 'The page that shows an authorization code' },
    ],
    outOfBandPath: OUT_OF_BAND_PATH,
    shapeTokenAnswer,
    shapeRevocationAnswer,
    notFound: (path) =>
      path.endsWith('.json')
        ? empty(404)
        : html(404, messagePage(profile, 'Page not found', [`There is nothing at ${path}.`])),
    routes: ({ store, quirks, clients, devices }) => [
      ...devicePageRoutes(profile, DEVICE_PATH, { codes: devices, clients, quirks }),
      ...webhookRoutes(profile, planioWebhooks),
      ...planioRoutes(store, tracker, quirks),
      ...planioOAuthRoutes(profile, store, tracker, quirks),
    ],
  }
  return profile
}
