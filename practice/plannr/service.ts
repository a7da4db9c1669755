// Practice Plannr: a Laravel application. Every token may do everything (`*`); most calls need the account's UUID in a
// header, and that UUID is the account's, not the login's.
import { messagePage } from '../consent-page.ts'
import { type Answer, html, json } from '../http.ts'
import { errorOf, pick } from '../oauth-answers.ts'
import { type Draft, difficultClient, PRACTICE_ACCOUNTS, PRACTICE_REDIRECTS, type ServiceProfile } from '../profile.ts'
import { quirkSet } from '../quirk-catalogue.ts'
import { WEBHOOKS_PAGE, webhookRoutes } from '../webhooks-page.ts'
import { PLANNR_TOKENS, plannrRoutes } from './api.ts'
import { plannrWebhooks } from './webhooks.ts'

const DAY = 24 * 3600

/** Passport's refusals, with a hint and the description a second time as `message`. */
const REFUSALS: Record<string, { description: string; hint?: string }> = {
  invalid_client: { description: 'Client authentication failed' },
  invalid_grant: {
    description:
      'The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
    hint: 'Check the authorization code or refresh token',
  },
  invalid_request: {
    description:
      'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.',
  },
}

function shapeTokenAnswer(draft: Draft): Answer {
  if (draft.status === 200)
    return json(200, pick(draft.body, ['token_type', 'expires_in', 'access_token', 'refresh_token', 'scope']))
  const error = errorOf(draft)
  const { description, hint } = REFUSALS[error] ?? { description: String(draft.body.error_description ?? error) }
  return json(draft.status, { error, error_description: description, ...(hint ? { hint } : {}), message: description })
}

/** Makes a practice Plannr of its own. */
export function plannrService(): ServiceProfile {
  const profile: ServiceProfile = {
    id: 'plannr',
    name: 'Plannr',
    about:
      'A CRM for advice firms. Most calls need X-PLANNR-ACCOUNT-UUID with the UUID of one of the accounts that /api/v1/logins lists. Alice has a preferred account, Ada has to choose.',
    colour: { light: '#8a3b12', dark: '#f2b08c' },
    clients: [
      {
        name: 'Practice app',
        clientId: 'plannr-practice-app',
        clientSecret: 'plannr-practice-secret',
        redirectUris: PRACTICE_REDIRECTS,
        clientAuthentication: 'body',
      },
      difficultClient('plannr'),
    ],
    accounts: PRACTICE_ACCOUNTS,
    apiKeys: [...PLANNR_TOKENS].map(([value, login]) => ({
      name: `Personal access token of ${login}`,
      value,
      header: 'Authorization',
      prefix: 'Bearer ',
    })),
    paths: { authorization: '/oauth/authorize', token: '/oauth/token' },
    scopes: ['*'],
    defaultScope: '*',
    accessTokenLifetime: 15 * DAY,
    refreshTokenLifetime: 182 * DAY,
    quirks: quirkSet({ reportsScope: true, own: ['account-header-required', 'preferred-account'] }, [
      ...(['no-scope', 'refresh-rotates', 'basic-raw', 'account-header-required', 'preferred-account'] as const),
    ]),
    grants: ['authorization_code', 'refresh_token'],
    pages: [WEBHOOKS_PAGE],
    shapeTokenAnswer,
    notFound: (path) =>
      path.startsWith('/api/')
        ? json(404, { message: `The route ${path.slice(1)} could not be found.` })
        : html(404, messagePage(profile, 'Not found', [`There is nothing at ${path}.`])),
    tooMany: () => json(429, { message: 'Too Many Attempts.' }, { 'x-ratelimit-remaining': '0', 'retry-after': '7' }),
    routes: ({ store, quirks }) => [...webhookRoutes(profile, plannrWebhooks), ...plannrRoutes(store, quirks)],
  }
  return profile
}
