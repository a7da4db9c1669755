// Practice Agile Planner: an access token and nothing else, unless its quirks are changed. The real API's paths are not
// documented; the two here are made up, so that there is something to call with a token.
import { messagePage } from '../consent-page.ts'
import { type Answer, html, json, type Route } from '../http.ts'
import { errorOf, pick, refuseLikeDoorkeeper } from '../oauth-answers.ts'
import {
  type Draft,
  difficultClient,
  FOREVER,
  PRACTICE_ACCOUNTS,
  PRACTICE_REDIRECTS,
  type ServiceProfile,
} from '../profile.ts'
import { quirkSet } from '../quirk-catalogue.ts'
import type { TokenStore } from '../token-store.ts'

const BOARDS = [
  { id: 1, name: 'Sprint board', columns: ['To do', 'Doing', 'Done'] },
  { id: 2, name: 'Ideas', columns: ['New', 'Kept'] },
]

function shapeTokenAnswer(draft: Draft): Answer {
  if (draft.status !== 200)
    return refuseLikeDoorkeeper({ ...draft, body: { ...draft.body, error: errorOf(draft) } }, 'Agile Planner')
  return json(200, pick(draft.body, ['access_token', 'token_type', 'expires_in', 'refresh_token']))
}

function agilePlannerRoutes(store: TokenStore): Route[] {
  const gate =
    (answer: (login: string) => unknown): Route['answer'] =>
    (request) => {
      const presented = store.present(request.headers)
      if (presented.state !== 'active') return json(401, { error: 'unauthorized' }, { 'www-authenticate': 'Bearer' })
      return json(200, answer(presented.token.login))
    }
  const findName = (login: string) => PRACTICE_ACCOUNTS.find((account) => account.login === login)?.name
  return [
    {
      method: 'GET',
      pattern: '/api/me',
      answer: gate((login) => ({ login, name: findName(login), email: `${login}@practice.example` })),
    },
    { method: 'GET', pattern: '/api/boards', answer: gate(() => BOARDS) },
  ]
}

/** Makes a practice Agile Planner of its own. */
export function agilePlannerService(): ServiceProfile {
  const profile: ServiceProfile = {
    id: 'agile-planner',
    name: 'Agile Planner',
    about:
      'Sprint planning. A token response holds the access token alone, and nothing tells who you are: /api/me and /api/boards are there for a test path.',
    colour: { light: '#6a3a9c', dark: '#cbaaf0' },
    clients: [
      {
        name: 'Practice app',
        clientId: 'agile-planner-practice-app',
        clientSecret: 'agile-planner-practice-secret',
        redirectUris: PRACTICE_REDIRECTS,
        clientAuthentication: 'body',
        note: 'The real API is not documented; here /api/me and /api/boards answer.',
      },
      difficultClient('agile-planner'),
    ],
    accounts: PRACTICE_ACCOUNTS,
    paths: { authorization: '/oauth/authorize', token: '/oauth/token' },
    scopes: null,
    defaultScope: '',
    accessTokenLifetime: 30 * 24 * 3600,
    refreshTokenLifetime: FOREVER,
    quirks: quirkSet({}, ['access-token-alone', 'refresh-same']),
    grants: ['authorization_code', 'refresh_token'],
    pages: [],
    shapeTokenAnswer,
    notFound: (path) => html(404, messagePage(profile, 'Page not found', [`There is nothing at ${path}.`])),
    routes: ({ store }) => agilePlannerRoutes(store),
  }
  return profile
}
