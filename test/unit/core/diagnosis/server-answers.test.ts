// What authorization servers in use answer to typical mistakes, with the diagnosis that comes first: one cause at most.
import { expect, it } from 'vitest'
import type { FlowEvent } from '../../../../contract/flow/event.ts'
import { diagnose } from '../../../../core/diagnosis/diagnose.ts'
import {
  accepted,
  afterRedirect,
  authenticatedBy,
  clientWith,
  redirectWith,
  refusedCodeFlow,
  refusedToken,
  serviceWith,
} from './authorization-fixture.ts'
import { contextOf, eventsOf, exchange, refusal } from './diagnosis-fixture.ts'

const context = contextOf({ client: clientWith('http://127.0.0.1:53682/callback'), service: serviceWith() })
const s256 = { code_challenge: 'c', code_challenge_method: 'S256', redirect_uri: 'http://127.0.0.1:53682/callback' }
const verifier = { code_verifier: '<code_verifier:1>' }
const whole = {
  asked: s256,
  sent: { ...verifier, redirect_uri: s256.redirect_uri, client_secret: '<client_secret:1>' },
}

const doorkeeperGrant =
  'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.'
const doorkeeperClient =
  'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.'

/** A request with client credentials that was refused. */
function refusedMachine(response: ReturnType<typeof refusal>) {
  const purpose = { kind: 'token_request', grantType: 'client_credentials' }
  return eventsOf(exchange({ purpose, request: authenticatedBy.body(), response, outcome: 'failed' }))
}

/** An answer that is no OAuth error response. */
function json(status: number, body: object) {
  return { status, headers: [['content-type', 'application/json']] as [string, string][], body: JSON.stringify(body) }
}

const answers: [name: string, events: FlowEvent[], rule: string][] = [
  ['Doorkeeper, a bad code', refusedCodeFlow(refusal('invalid_grant', doorkeeperGrant), whole), 'code-refused'],
  [
    'Doorkeeper, a bad client',
    refusedToken(authenticatedBy.body(), refusal('invalid_client', doorkeeperClient, 401)),
    'client-refused',
  ],
  ['django-oauth-toolkit, a bad code', refusedCodeFlow(refusal('invalid_grant'), whole), 'code-refused'],
  [
    'django-oauth-toolkit, a redirect URI',
    refusedCodeFlow(refusal('invalid_request', 'Mismatching redirect URI.'), whole),
    'redirect-uri-not-registered',
  ],
  [
    'Keycloak, a code that was used',
    refusedCodeFlow(refusal('invalid_grant', 'Code not valid'), whole),
    'code-refused',
  ],
  [
    'Keycloak, a wrong verifier',
    refusedCodeFlow(refusal('invalid_grant', 'PKCE verification failed: Code mismatch'), whole),
    'pkce-verifier-wrong',
  ],
  [
    'Keycloak, no PKCE',
    afterRedirect({}, redirectWith('invalid_request', 'Missing parameter: code_challenge_method')),
    'pkce-required',
  ],
  [
    'Keycloak, another redirect URI',
    refusedCodeFlow(refusal('invalid_grant', 'Incorrect redirect_uri'), whole),
    'redirect-uri-not-registered',
  ],
  [
    'Keycloak, a wrong secret',
    refusedToken(
      authenticatedBy.body(),
      refusal('unauthorized_client', 'Invalid client or Invalid client credentials', 401),
    ),
    'client-refused',
  ],
  [
    'Entra, a wrong secret',
    refusedToken(
      authenticatedBy.body(),
      refusal(
        'invalid_client',
        'AADSTS7000215: Invalid client secret provided. Ensure the secret being sent is the value.',
        401,
      ),
    ),
    'client-secret-wrong',
  ],
  [
    'Entra, an unknown client',
    refusedToken(
      authenticatedBy.body(),
      refusal(
        'unauthorized_client',
        "AADSTS700016: Application with identifier 'app' was not found in the directory.",
        400,
      ),
    ),
    'client-unknown',
  ],
  [
    'Entra, a code again',
    refusedCodeFlow(
      refusal(
        'invalid_grant',
        'AADSTS54005: OAuth2 Authorization code was already redeemed, please retry with a new valid code.',
      ),
      whole,
    ),
    'code-used',
  ],
  [
    'Entra, no consent',
    refusedToken(
      authenticatedBy.body(),
      refusal('invalid_grant', 'AADSTS65001: The user or administrator has not consented to use the application.'),
    ),
    'consent-required',
  ],
  [
    'Google, a wrong secret',
    refusedToken(authenticatedBy.body(), refusal('invalid_client', 'The provided client secret is invalid.', 401)),
    'client-secret-wrong',
  ],
  [
    'Google, an unknown client',
    refusedToken(authenticatedBy.body(), refusal('invalid_client', 'The OAuth client was not found.', 401)),
    'client-unknown',
  ],
  [
    'Google, no secret',
    refusedToken(authenticatedBy.none(), refusal('invalid_request', 'client_secret is missing.')),
    'client-secret-missing',
  ],
  [
    'Google, another redirect URI',
    refusedCodeFlow(refusal('redirect_uri_mismatch', 'Bad Request'), whole),
    'redirect-uri-not-registered',
  ],
  ['Google, an organization', afterRedirect(s256, redirectWith('admin_policy_enforced')), 'organization-policy'],
  [
    'GitHub, a bad code, with status 200',
    refusedCodeFlow(
      json(200, { error: 'bad_verification_code', error_description: 'The code passed is incorrect or expired.' }),
      whole,
    ),
    'code-refused',
  ],
  [
    'GitHub, a bad client, with status 200',
    refusedCodeFlow(
      json(200, {
        error: 'incorrect_client_credentials',
        error_description: 'The client_id and/or client_secret passed are incorrect.',
      }),
      whole,
    ),
    'client-refused',
  ],
  ['Slack, a code again', refusedCodeFlow(json(200, { ok: false, error: 'code_already_used' }), whole), 'code-used'],
  [
    'Slack, a bad secret',
    refusedCodeFlow(json(200, { ok: false, error: 'bad_client_secret' }), whole),
    'client-secret-wrong',
  ],
  [
    'Slack, an unknown client',
    refusedCodeFlow(json(200, { ok: false, error: 'invalid_client_id' }), whole),
    'client-unknown',
  ],
  [
    'Okta, a bad code',
    refusedCodeFlow(refusal('invalid_grant', 'The authorization code is invalid or has expired.'), whole),
    'code-refused',
  ],
  [
    'Okta, a wrong secret',
    refusedToken(
      authenticatedBy.basic(),
      refusal('invalid_client', 'The client secret supplied for a confidential client is invalid.', 401),
    ),
    'client-secret-wrong',
  ],
  [
    'Auth0, a wrong verifier',
    refusedCodeFlow(refusal('invalid_grant', 'Failed to verify code verifier'), whole),
    'pkce-verifier-wrong',
  ],
  [
    'Auth0, the grant',
    refusedMachine(refusal('unauthorized_client', "Grant type 'client_credentials' not allowed for the client.", 403)),
    'client-not-allowed',
  ],
  [
    'league/oauth2-server, an old code',
    refusedCodeFlow(
      json(400, {
        error: 'invalid_request',
        message: 'The request is missing a required parameter.',
        hint: 'Authorization code has expired',
      }),
      whole,
    ),
    'code-expired',
  ],
  [
    'league/oauth2-server, a code again',
    refusedCodeFlow(json(400, { error: 'invalid_request', hint: 'Authorization code has been revoked' }), whole),
    'code-used',
  ],
  [
    'oidc-provider, a bad code',
    refusedCodeFlow(refusal('invalid_grant', 'grant request is invalid'), whole),
    'code-refused',
  ],
  [
    'oidc-provider, a bad client',
    refusedToken(authenticatedBy.basic(), refusal('invalid_client', 'client authentication failed', 401)),
    'client-refused',
  ],
  [
    'Keycloak, no service account',
    refusedMachine(refusal('unauthorized_client', 'Client not enabled to retrieve service account', 401)),
    'client-not-allowed',
  ],
  ['an empty 403', refusedToken(authenticatedBy.body(), { status: 403, headers: [], body: null }), 'client-refused'],
]

it.each(answers)('%s', (_name, events, rule) => {
  const found = diagnose(events, context)
  expect(found[0]?.rule).toBe(rule)
  expect(found.filter(({ weight }) => weight === 'cause').length).toBeLessThanOrEqual(1)
  expect(new Set(found.map(({ title }) => title)).size).toBe(found.length)
})

it('a client that worked before is told from one that never did', () => {
  const events = refusedToken(authenticatedBy.body(), refusal('invalid_client', doorkeeperClient, 401))
  const before = { ...context, earlier: [accepted(authenticatedBy.body())] }
  expect(diagnose(events, before)[0]?.rule).toBe('client-secret-reset')
})
