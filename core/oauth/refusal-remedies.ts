// What each reason for a refusal is called, and what the person can do about it, at every endpoint.
import { clientAuthenticationWords } from '../../contract/client-authentication-words.ts'
import type { RefusalReason } from '../../contract/refusal-reason.ts'
import type { RefusedAt } from './refusal-reason.ts'
import type { Refused } from './refused.ts'

/** At the authorization endpoint less is known. */
export type About = RefusedAt & Partial<Pick<Refused, 'client' | 'grant' | 'redirectUri'>>

interface Advice {
  /** What happened, before the server's own words; by default that what was sent was not accepted. */
  sentence?: (about: About) => string
  /** One or two sentences. */
  remedy?: (about: About) => string | undefined
}

const advice: Record<RefusalReason, Advice> = {
  invalid_grant: { remedy: newGrant },
  invalid_client: { sentence: () => 'The server did not accept the client', remedy: clientRemedy },
  unauthorized_client: { sentence: forbidden, remedy: allowing },
  client_suspended: {
    sentence: () => 'The service has stopped this client',
    remedy: () => 'Ask the person who looks after the client at the service, or connect with another client.',
  },
  unsupported_grant: { sentence: notOffered, remedy: allowing },
  unsupported_response_type: { remedy: allowing },
  invalid_scope: { remedy: () => 'Choose fewer scopes: the server does not offer one of these to this client.' },
  invalid_request: { remedy: ({ grant }) => (grant?.installs ? reinstalling : undefined) },
  redirect_uri: {
    remedy: ({ redirectUri }) =>
      redirectUri
        ? `Register exactly ${redirectUri} at the service, then connect again.`
        : 'Register exactly the redirect URI that was sent at the service, then connect again.',
  },
  access_denied: {
    sentence: () => 'Access was denied',
    remedy: () => 'Connect again and allow it, or ask somebody who may allow it.',
  },
  policy: {
    sentence: () => 'Your organization does not allow this client',
    remedy: () => 'Ask an administrator of your organization to allow it, then connect again.',
  },
  login_required: {
    sentence: () => 'The server wants you to sign in first',
    remedy: (about) =>
      about.by === 'authorization_endpoint'
        ? withoutPrompt
        : `${inBrowser(about)}, so that the server can ask for what it needs, such as a second factor.`,
  },
  consent_required: {
    sentence: () => 'The server wants your consent first',
    remedy: (about) => {
      if (about.by === 'authorization_endpoint') return withoutPrompt
      if (canAsk(about)) return 'Connect again and give your consent in the browser.'
      return 'This grant cannot ask for your consent: connect with a grant that opens the browser, or have consent given or switched off for this client at the service.'
    },
  },
  account_not_ready: {
    sentence: () => 'The account is not ready for this',
    remedy: () => 'Sign in at the service in your browser and do what it asks there, then connect again.',
  },
  authorization_pending: { sentence: () => 'Nobody has decided yet' },
  slow_down: {
    sentence: () => 'The server asks for fewer requests',
    remedy: () => 'Wait a minute, then try again.',
  },
  expired: { remedy: newGrant },
  device_grant_off: {
    sentence: () => 'The device grant is switched off for this client',
    remedy: ({ grant }) =>
      grant?.steps || 'Switch the device flow on for this client at the service, or choose another grant.',
  },
  invalid_target: {
    sentence: () => 'The server does not give this client tokens for the resource',
    remedy: () => 'Check the resource indicators (resource) of the grant and of this connection.',
  },
  unsupported_parameter: {
    remedy: () => 'Leave out additional parameters such as request, request_uri and registration, then connect again.',
  },
  unsupported_token_type: {
    sentence: () => 'The server does not revoke tokens of this kind',
    remedy: () => 'Revoke it on the service’s own page.',
  },
  dpop_required: {
    sentence: () => 'The server wants proofs with tokens (DPoP), which Grantdesk cannot send',
    remedy: () => 'Switch DPoP off for this client at the service.',
  },
  server_trouble: {
    sentence: () => 'The server has a problem of its own',
    remedy: () => 'Try again later.',
  },
}

/** What happened, before the server's own words. */
export function refusedWords(reason: RefusalReason | undefined, about: About): string {
  return (reason && advice[reason].sentence?.(about)) ?? `The server did not accept ${about.what}`
}

/** `undefined` if nothing is known to help. */
export function remedyFor(reason: RefusalReason | undefined, about: About): string | undefined {
  return reason && advice[reason].remedy?.(about)
}

const withoutPrompt =
  'Connect again without the parameter prompt=none, so that the server can show its own pages in the browser.'

const reinstalling = 'The installation may be gone at the service: connect again to install it again.'

/** Whether connecting again with the same grant brings the person to the server's pages. */
function canAsk({ what }: About): boolean {
  return what !== 'the user name and password' && what !== 'the client credentials'
}

function inBrowser(about: About): string {
  return canAsk(about) ? 'Connect again in the browser' : 'Connect with a grant that opens the browser'
}

function newGrant({ what, grant }: About): string {
  if (grant?.installs) return reinstalling
  if (what === 'the code') return 'Start again: a code works once, and for a short time.'
  if (what === 'the device code') return 'Start again for a new code.'
  if (what === 'the user name and password') return 'Check the user name and the password, then try again.'
  return 'Connect again to get new tokens.'
}

function forbidden({ what, grant, by }: About): string {
  if (by === 'authorization_endpoint') return 'The server does not let this client ask for a code'
  if (what === 'the refresh token') return 'The server does not let this client refresh'
  return `The server does not let this client use ${grant ? `the grant “${grant.name}”` : 'this grant'}`
}

function notOffered({ what, grant }: About): string {
  if (what === 'the refresh token') return 'The server does not refresh tokens'
  return `The server does not offer ${grant ? `the grant “${grant.name}”` : 'this grant'}`
}

/** How to allow the grant, from the service's description. */
function allowing({ grant, what, by }: About): string {
  if (by === 'authorization_endpoint') return 'Allow the authorization code grant for this client at the service.'
  if (what === 'the refresh token') return 'Allow refresh tokens for this client at the service, or connect again.'
  return grant?.steps || 'Allow this grant for the client at the service.'
}

/** Without error code and words the refusal may be about what was sent, or about the client. */
export function remedyWithoutWords(about: About): string {
  const client = about.client?.clientSecret ? 'the client id and the client secret' : 'the client id'
  const isAboutClientAlone = ![
    'the code',
    'the refresh token',
    'the user name and password',
    'the device code',
  ].includes(about.what)
  if (isAboutClientAlone) return `Check ${client}.`
  return `${newGrant(about)} If that is refused, too, check ${client}.`
}

export function clientRemedy({ client }: About): string {
  if (!client) return 'Check the client id: the server does not know this client.'
  const { authentication } = client
  if (authentication === 'none') return 'Check the client id; the server may want a client secret for this client.'
  return `Check the client id and the client secret, or choose another client authentication method (now: ${clientAuthenticationWords[authentication]}).`
}
