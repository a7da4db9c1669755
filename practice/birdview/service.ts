// Practice Birdview: an ASP.NET application. A client may act for any user it names, once it has been allowed to.
import { messagePage } from '../consent-page.ts'
import { type Answer, html, json } from '../http.ts'
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
import { birdviewRoutes } from './api.ts'
import { CLIENTS_PATH, clientsPageRoutes } from './clients-page.ts'
import { USERS } from './users.ts'

function shapeTokenAnswer(draft: Draft): Answer {
  if (draft.status !== 200) return json(draft.status, { error: errorOf(draft) })
  return json(200, pick(draft.body, ['access_token', 'token_type', 'expires_in', 'refresh_token']))
}

/** Reads a scope such as `user:7` and returns the user it names. */
function checkClientCredentials(form: URLSearchParams, isAllowed: boolean): TokenRequestVerdict {
  if (!isAllowed) return { refusal: json(400, { error: 'unauthorized_client' }) }
  const id = /^user:(\d+)$/.exec(form.get('scope') ?? '')?.[1]
  const user = USERS.find((one) => String(one.id) === id)
  return user ? { remember: { acts_as: user.login } } : { refusal: json(400, { error: 'invalid_scope' }) }
}

/** Makes a practice Birdview of its own. */
export function birdviewService(): ServiceProfile {
  const allowed = new Set(['birdview-practice-app'])
  const profile: ServiceProfile = {
    id: 'birdview',
    name: 'Birdview',
    about:
      'Professional services automation. Its grants are authorization code, password and client credentials, which act as the user that scope=user:7 (Ada) or user:8 (Alice) names.',
    colour: { light: '#8a1f4b', dark: '#f2a3c3' },
    clients: [
      {
        name: 'Practice app',
        clientId: 'birdview-practice-app',
        clientSecret: 'birdview-practice-secret',
        redirectUris: PRACTICE_REDIRECTS,
        clientAuthentication: 'body',
        note: 'May use client credentials.',
      },
      {
        name: 'Second practice app',
        clientId: 'birdview-second-app',
        clientSecret: 'birdview-second-secret',
        redirectUris: PRACTICE_REDIRECTS,
        clientAuthentication: 'body',
        note: 'May not use client credentials until that is allowed on the page of OAuth 2.0 clients.',
      },
      difficultClient('birdview'),
    ],
    accounts: PRACTICE_ACCOUNTS,
    paths: { authorization: '/OAuth2/Authorize', token: '/OAuth2/Token' },
    scopes: null,
    defaultScope: '',
    accessTokenLifetime: 3600,
    refreshTokenLifetime: FOREVER,
    quirks: quirkSet({ own: ['automatic-consent'] }, [
      'refresh-none',
      'lower-case-bearer',
      'wrong-secret-400',
      'basic-raw',
    ]),
    grants: ['authorization_code', 'refresh_token', 'password', 'client_credentials'],
    pages: [{ path: CLIENTS_PATH, name: 'OAuth 2.0 clients: client credentials and secrets' }],
    checkTokenRequest: (form, clientId) =>
      form.get('grant_type') === 'client_credentials' ? checkClientCredentials(form, allowed.has(clientId)) : null,
    shapeTokenAnswer,
    notFound: (path) =>
      path.startsWith('/api/v')
        ? json(404, { message: `No HTTP resource was found that matches the request URI '${path}'.` })
        : html(404, messagePage(profile, 'The resource cannot be found', [`There is nothing at ${path}.`])),
    routes: ({ store, clients }) => [
      ...birdviewRoutes(store, profile),
      ...clientsPageRoutes(profile, clients, allowed),
    ],
  }
  return profile
}
