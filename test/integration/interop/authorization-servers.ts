// The servers of the matrix, each with the description by which Grantdesk knows it and the clients it was set up with:
// oidc-provider, Authlib, oauth2-mock-server and Glewlwyd as services of the person's own, django-oauth-toolkit as Plane and Doorkeeper as Planio, those
// two with every grant added that the catalogue does not list, so that the server itself is asked for each.
import { ensureDebianPackages } from '../../../build/debian-packages.ts'
import { ensurePythonPackages, python } from '../../../build/python-packages.ts'
import type { ClientAuthentication, ServiceDescription } from '../../../contract/service.ts'
import { plane } from '../../../core/services/catalogue/plane.ts'
import { planio } from '../../../core/services/catalogue/planio.ts'
import { type ForeignProgram, serverScript } from '../../support/foreign-server.ts'
import { GlewlwydSession, PlainGlewlwydSession } from '../../support/glewlwyd-session.ts'
import { type ForeignClient, oddSecret } from '../../support/interop-app.ts'
import { PlainSession } from '../../support/plain-session.ts'
import { type Visitor, WebSession } from '../../support/web-session.ts'
import type { GrantIds, GrantKind } from './grant-runs.ts'

export type ServerName =
  | 'oidc-provider'
  | 'django-oauth-toolkit'
  | 'Doorkeeper'
  | 'Authlib'
  | 'oauth2-mock-server'
  | 'Glewlwyd'

export interface AuthorizationServer {
  name: ServerName
  /** Whether it is installed now; installs it where it is missing and can be. */
  ensure: () => boolean
  program: ForeignProgram
  service: ServiceDescription
  ids: GrantIds
  /** The id of the client for a grant, with a secret or without. */
  clientId: (grant: GrantKind, hasSecret: boolean) => string
  /** Where the API says whose a token is, and its status for a dead one.
   * For a client's own token its status may be another than 200. */
  api: { path: string; deadStatus: number; clientStatus?: number }
  /** Somebody in a Chromium at its pages. */
  openSession: () => Visitor
  /** Somebody who makes the requests of its pages without a Chromium. */
  openPlainSession: () => Visitor
  /** Whether it knows redirect URIs by every character, their port too, which PINNED_PORT tells it. */
  exactRedirect?: true
}

const allMethods: ServiceDescription['clientAuthentication'] = {
  allowed: ['body', 'basic', 'basic-raw', 'none'],
  default: 'body',
}
const further: ServiceDescription['grants'] = [
  { id: 'machine', type: 'client_credentials', name: 'Client credentials', refresh: false },
  { id: 'password', type: 'password', name: 'Password' },
  { id: 'device', type: 'device_code', name: 'Device code' },
  {
    id: 'installation',
    type: 'client_credentials',
    name: 'Installation',
    refresh: false,
    installation: { parameter: 'app_installation_id' },
  },
]
/** What the descriptions have in common of those servers that no service of the catalogue runs on. */
const ownService = {
  schema: 2,
  base: { default: null, example: 'https://login.example.com' },
  registration: { steps: 'Ask the server’s operator.' },
  clientAuthentication: allMethods,
  grants: [{ id: 'code', type: 'authorization_code', name: 'Authorization code' }, ...further],
  scopes: { default: ['read'] },
} satisfies Partial<ServiceDescription>
const openSession = () => new WebSession()
const openPlainSession = () => new PlainSession()
const ids = { machine: 'machine', installation: 'installation', password: 'password', device: 'device' }

export const oidcProvider: AuthorizationServer = {
  name: 'oidc-provider',
  ensure: () => true,
  program: {
    command: (port) => [process.execPath, serverScript('oidc-provider.ts'), String(port)],
    readyPath: '/.well-known/openid-configuration',
  },
  service: {
    ...ownService,
    id: 'strict-server',
    name: 'Strict server',
    endpoints: {
      authorization: '{base}/auth',
      token: '{base}/token',
      revocation: '{base}/token/revocation',
      deviceAuthorization: '{base}/device/auth',
    },
    redirect: { anyPort: 'yes', outOfBand: true },
    identity: [{ path: '/api/me', accountId: ['sub'], accountName: ['sub'] }],
  },
  ids: { code: 'code', ...ids },
  clientId: (_, hasSecret) => (hasSecret ? 'all' : 'open'),
  api: { path: '/api/me', deadStatus: 401 },
  openSession,
  openPlainSession,
}

/** A client has one grant there. */
const ownClient: Partial<Record<GrantKind, string>> = {
  'client credentials': '-machine',
  password: '-password',
  installation: '-bot',
}

const djangoOauthToolkit: AuthorizationServer = {
  name: 'django-oauth-toolkit',
  ensure: () => ensureDebianPackages(['python3-django-oauth-toolkit']),
  program: {
    command: (port) => ['/usr/bin/python3', serverScript('django-oauth-toolkit.py'), String(port)],
    readyPath: '/login/',
  },
  service: {
    ...plane,
    endpoints: { ...plane.endpoints, deviceAuthorization: '{base}/auth/o/device-authorization/' },
    clientAuthentication: allMethods,
    redirect: { ...plane.redirect, outOfBand: true },
    grants: [...plane.grants, ...further],
    scopes: { default: ['read'] },
  },
  ids: { code: 'user_token', ...ids, installation: 'bot_token' },
  clientId: (grant, hasSecret) => (hasSecret ? 'odd' : 'open') + (ownClient[grant] ?? ''),
  api: { path: '/api/v2/users/me/', deadStatus: 403 },
  openSession,
  openPlainSession,
}

const doorkeeper: AuthorizationServer = {
  name: 'Doorkeeper',
  ensure: () => ensureDebianPackages(['ruby-doorkeeper', 'ruby-rails', 'ruby-sqlite3', 'puma', 'ruby-sprockets-rails']),
  program: {
    command: (port) => {
      const address = `tcp://127.0.0.1:${port}`
      return ['/usr/bin/puma', '-q', '-t', '1:4', '-b', address, serverScript('doorkeeper.ru')]
    },
    readyPath: '/login',
    environment: { DK_PREV: '1' },
  },
  service: {
    ...planio,
    endpoints: { ...planio.endpoints, deviceAuthorization: '{base}/oauth/authorize_device' },
    clientAuthentication: allMethods,
    grants: [...planio.grants, ...further],
  },
  ids: { code: 'authorization_code', ...ids },
  clientId: (_, hasSecret) => (hasSecret ? 'odd' : 'open'),
  api: { path: '/users/current.json', deadStatus: 401 },
  openSession,
  openPlainSession,
}

const authlibRequirements = serverScript('authlib-requirements.txt')

export const authlib: AuthorizationServer = {
  name: 'Authlib',
  ensure: () => ensurePythonPackages(authlibRequirements) !== null,
  program: {
    command: (port) => [
      ...(['/usr/bin/env', `PYTHONPATH=${ensurePythonPackages(authlibRequirements)}`] as const),
      ...[python, serverScript('authlib-flask.py'), String(port)],
    ],
    readyPath: '/jwks',
  },
  service: {
    ...ownService,
    id: 'authlib',
    name: 'Authlib',
    endpoints: {
      authorization: '{base}/authorize',
      token: '{base}/token',
      revocation: '{base}/revocation',
      introspection: '{base}/introspection',
      deviceAuthorization: '{base}/device_authorization',
    },
    redirect: { anyPort: 'yes', outOfBand: true },
    identity: [{ path: '/api/me', accountId: ['sub'], accountName: ['sub'] }],
  },
  ids: { code: 'code', ...ids },
  clientId: (_, hasSecret) => (hasSecret ? 'odd' : 'open'),
  api: { path: '/api/me', deadStatus: 401 },
  openSession,
  openPlainSession,
}

export const mockServer: AuthorizationServer = {
  name: 'oauth2-mock-server',
  ensure: () => true,
  program: {
    command: (port) => [process.execPath, serverScript('oauth2-mock-server.ts'), String(port)],
    readyPath: '/jwks',
  },
  service: {
    ...ownService,
    id: 'mock-server',
    name: 'Mock server',
    endpoints: {
      authorization: '{base}/authorize',
      token: '{base}/token',
      revocation: '{base}/revoke',
      introspection: '{base}/introspect',
    },
    registration: { steps: 'Nobody has to register there.' },
    redirect: { anyPort: 'yes' },
    grants: ownService.grants.filter(({ type }) => type !== 'device_code'),
    identity: [{ path: '/userinfo', accountId: ['sub'], accountName: ['sub'] }],
  },
  ids: { code: 'code', ...ids },
  clientId: (_, hasSecret) => (hasSecret ? 'odd' : 'open'),
  api: { path: '/userinfo', deadStatus: 401 },
  openSession,
  openPlainSession,
}

export const glewlwyd: AuthorizationServer = {
  name: 'Glewlwyd',
  ensure: () => ensureDebianPackages(['glewlwyd']),
  program: {
    command: (port) => ['/usr/bin/python3', serverScript('glewlwyd.py'), String(port)],
    readyPath: '/api/oidc/jwks',
  },
  service: {
    ...ownService,
    id: 'glewlwyd',
    name: 'Glewlwyd',
    endpoints: {
      authorization: '{base}/api/oidc/auth',
      token: '{base}/api/oidc/token',
      revocation: '{base}/api/oidc/revoke',
      introspection: '{base}/api/oidc/introspect',
      deviceAuthorization: '{base}/api/oidc/device_authorization',
    },
    redirect: { anyPort: 'no' },
    identity: [{ path: '/api/oidc/userinfo', accountId: ['sub'], accountName: ['name'] }],
  },
  ids: { code: 'code', ...ids },
  clientId: (_, hasSecret) => (hasSecret ? 'odd' : 'open'),
  api: { path: '/api/oidc/userinfo', deadStatus: 401, clientStatus: 404 },
  openPlainSession: () => new PlainGlewlwydSession(),
  openSession: () => new GlewlwydSession(),
  exactRedirect: true,
}

export const authorizationServers = [oidcProvider, djangoOauthToolkit, doorkeeper, authlib, mockServer, glewlwyd]

/** The client of a cell: with the secret that tells the two spellings of HTTP Basic apart, or with none. */
export function clientFor(
  provider: AuthorizationServer,
  grant: GrantKind,
  clientAuthentication: ClientAuthentication,
  pinnedPort: number,
): ForeignClient {
  const hasSecret = clientAuthentication !== 'none'
  const clientSecret = hasSecret ? oddSecret : ''
  const uri = `http://127.0.0.1:${pinnedPort}/callback`
  const redirect: ForeignClient['redirect'] = provider.exactRedirect ? { mode: 'exact', uri } : { mode: 'ephemeral' }
  const client = { clientId: provider.clientId(grant, hasSecret), clientSecret, clientAuthentication, redirect }
  // Plane's bot token has a method of its own, which yields to the one on trial.
  return { ...client, grantAuthentication: { [provider.ids.installation]: clientAuthentication } }
}
