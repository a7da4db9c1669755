// Practice Birdview: an ASP.NET application. Its token type is spelt `bearer`, and a refresh brings no new refresh
// token.
import { messagePage } from '../consent-page.ts'
import { type Answer, html, json } from '../http.ts'
import { errorOf, pick } from '../oauth-answers.ts'
import { type Draft, FOREVER, LOOPBACK_REDIRECTS, PRACTICE_ACCOUNTS, type ServiceProfile } from '../profile.ts'
import { birdviewRoutes } from './api.ts'

function shapeTokenAnswer(draft: Draft): Answer {
  // This kind of server answers 400 for a wrong client too.
  if (draft.status !== 200) return json(400, { error: errorOf(draft) })
  const names = ['access_token', 'token_type', 'expires_in']
  if (draft.form.get('grant_type') !== 'refresh_token') names.push('refresh_token')
  return json(200, { ...pick(draft.body, names), token_type: 'bearer' })
}

/** Makes a practice Birdview of its own. */
export function birdviewService(): ServiceProfile {
  const profile: ServiceProfile = {
    id: 'birdview',
    name: 'Birdview',
    colour: { light: '#8a1f4b', dark: '#f2a3c3' },
    clients: [
      {
        name: 'Practice app',
        clientId: 'birdview-practice-app',
        clientSecret: 'birdview-practice-secret',
        redirectUris: LOOPBACK_REDIRECTS,
        clientAuthentication: 'body',
      },
    ],
    accounts: PRACTICE_ACCOUNTS,
    paths: { authorization: '/OAuth2/Authorize', token: '/OAuth2/Token' },
    scopes: null,
    defaultScope: '',
    accessTokenLifetime: 3600,
    refreshTokenLifetime: FOREVER,
    rotation: 'keep',
    grants: ['authorization_code', 'refresh_token'],
    shapeTokenAnswer,
    notFound: (path) =>
      path.startsWith('/api/v')
        ? json(404, { message: `No HTTP resource was found that matches the request URI '${path}'.` })
        : html(404, messagePage(profile, 'The resource cannot be found', [`There is nothing at ${path}.`])),
    routes: (store) => birdviewRoutes(store, profile),
  }
  return profile
}
