// What each cell of the matrix comes to: that it works, or the words by which the server says that it does not offer it.
// docs/services.md shows them as a table: `npm run matrix` writes it anew.

import type { Revocation } from '../../../contract/revocation.ts'
import type { ClientAuthentication } from '../../../contract/service.ts'
import type { ServerName } from './authorization-servers.ts'
import type { GrantKind } from './grant-runs.ts'

export const works = 'works'
/** Works but for the revocation, which the server accepts; Grantdesk finds out that nothing ended, and says so. */
const endsNothing = 'The server accepts the revocation, but the tokens still work; Grantdesk says so.'
/** The same, at a server that revokes only for a client with a secret. */
const revokesNothing = 'The server refuses to revoke for a client without a secret; Grantdesk says that nothing ended.'

/** What a cell comes to by how the revocation at its end ended. */
export const endsOfRevocation: Partial<Record<Revocation['outcome'], string>> = {
  revoked: works,
  still_works: endsNothing,
  refused: revokesNothing,
}

export function worksBut(end: string): boolean {
  return end === endsNothing || end === revokesNothing
}

/** The columns: a client without a secret, and one whose secret goes in each of three ways. */
export const methods = ['none', 'body', 'basic', 'basic-raw'] as const satisfies ClientAuthentication[]
type Row = [none: string, body: string, basic: string, basicRaw: string]

const all = (words: string): Row => [words, words, words, words]

/** Decodes what Basic carries, as RFC 6749 §2.3.1 has it. */
const decodes = (rawRefused: string): Row => [works, works, works, rawRefused]
/** Decodes nothing of it. */
const takesRaw = (encodedRefused: string): Row => [works, works, encodedRefused, works]

const notFound = all('Not Found')
const notFoundPage = all('A page came instead of the server’s answer (status 404): Not Found')

/** Only Plane tells where it was installed. */
const notInstalled = 'The redirect does not carry app_installation_id.'

const strict = 'invalid_client: client authentication failed'
const toolkit = 'invalid_client'
const rails =
  'invalid_client: Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.'

const ofAuthlib = (methods = "'client_secret_basic', 'client_secret_post', 'none'") =>
  `invalid_client: The client cannot authenticate with methods: [${methods}]`
/** As it comes, this grant is for HTTP Basic alone. */
const basicAlone = ofAuthlib("'client_secret_basic'")

/** Decodes nothing of Basic, either, and calls an unknown client an unauthorized one. */
const ofGlewlwyd = (open: string): Row => [open, works, 'unauthorized_client', works]

/** A grant that is not listed is not tried at that server: it has nothing of the kind. */
export const expectedCells: Record<ServerName, Partial<Record<GrantKind, Row>>> = {
  'oidc-provider': {
    'code with S256': decodes(strict),
    'code with plain': all('invalid_request: not supported value of code_challenge_method'),
    'code without PKCE': all('invalid_request: Authorization Server policy requires PKCE to be used for this request'),
    refresh: decodes(strict),
    'client credentials': [
      'invalid_request: requested grant type is not allowed for this client',
      works,
      works,
      strict,
    ],
    installation: all(notInstalled),
    password: [...threeTimes('unsupported_grant_type: unsupported grant_type requested'), strict],
    'device code': decodes(strict),
    'out of band': all(
      "oops! something went wrong error: invalid_redirect_uri error_description: redirect_uri did not match any of the client's registered redirect_uris",
    ),
  },
  'django-oauth-toolkit': {
    'code with S256': decodes(toolkit),
    'code with plain': decodes(toolkit),
    'code without PKCE': decodes(toolkit),
    refresh: decodes(toolkit),
    'client credentials': [toolkit, works, works, toolkit],
    installation: [toolkit, works, works, toolkit],
    password: decodes(toolkit),
    'device code': notFoundPage,
    'out of band': decodes(toolkit),
  },
  Doorkeeper: {
    'code with S256': takesRaw(rails),
    'code with plain': takesRaw(rails),
    'code without PKCE': takesRaw(rails),
    refresh: takesRaw(rails),
    'client credentials': takesRaw(rails),
    installation: all(notInstalled),
    password: takesRaw(rails),
    'device code': notFound,
    'out of band': takesRaw(rails),
  },
  Authlib: {
    'code with S256': decodes(ofAuthlib()),
    'code with plain': decodes(ofAuthlib()),
    'code without PKCE': ["invalid_request: Missing 'code_verifier'", works, works, ofAuthlib()],
    refresh: decodes(ofAuthlib()),
    'client credentials': [basicAlone, basicAlone, works, basicAlone],
    password: decodes(ofAuthlib()),
    'device code': decodes(ofAuthlib()),
  },
  Glewlwyd: {
    'code with S256': ofGlewlwyd(revokesNothing),
    'code with plain': ofGlewlwyd(revokesNothing),
    'code without PKCE': ofGlewlwyd(revokesNothing),
    refresh: [revokesNothing, works, 'status 400', works],
    'client credentials': ['status 403', works, 'status 403', works],
    password: ['status 403', works, 'status 400', works],
    'device code': ofGlewlwyd(revokesNothing),
  },
  'oauth2-mock-server': {
    'code with S256': all(endsNothing),
    'code with plain': all(endsNothing),
    'code without PKCE': all(endsNothing),
    refresh: all(endsNothing),
    'client credentials': all(endsNothing),
    password: all(endsNothing),
  },
}

function threeTimes(words: string): [string, string, string] {
  return [words, words, words]
}
