// The purpose and the result of an exchange, in words.
import type { EventOf } from './event.ts'
import type { Purpose } from './exchange.ts'
import { routeWords } from './route.ts'
import { exchangeFailureWords } from './trouble-words.ts'

type Exchange = EventOf<'exchange'>

const tokenRequests: Record<Extract<Purpose, { kind: 'token_request' }>['grantType'], string> = {
  authorization_code: 'Exchange the code for tokens',
  client_credentials: 'Ask for a token with client credentials',
  password: 'Ask for tokens with the password',
  device_code: 'Has the person decided?',
}

const revoked: Record<Extract<Purpose, { kind: 'revocation' }>['token'], string> = {
  refresh_token: 'refresh token',
  previous_refresh_token: 'refresh token before it',
  access_token: 'access token',
}

const documents: Record<Extract<Purpose, { kind: 'discovery' }>['document'], string> = {
  oauth_authorization_server: 'Authorization server metadata',
  openid_configuration: 'OpenID configuration',
  protected_resource: 'Metadata of the API',
  challenge: 'What does the API say to a request without a token?',
}

/** The path of a recorded URL, which may be invalid. */
function pathIn(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1] || '/'
}

export function exchangeTitle({ purpose, request }: Pick<Exchange, 'purpose' | 'request'>): string {
  switch (purpose.kind) {
    case 'token_request':
      return tokenRequests[purpose.grantType]
    case 'refresh':
      return purpose.with === 'previous_refresh_token'
        ? 'Refresh with the refresh token before it'
        : 'Refresh the access token'
    case 'device_authorization':
      return 'Ask for a user code'
    case 'pushed_authorization':
      return 'Push the authorization request'
    case 'revocation': {
      const manner = purpose.otherEncoding ? (purpose.encoding === 'json' ? ', as JSON' : ', as a form') : ''
      return `Revoke the ${revoked[purpose.token]}${manner}`
    }
    case 'introspection':
      return `Introspect the ${revoked[purpose.token]}`
    case 'availability':
      return 'Does this installation have OAuth?'
    case 'discovery':
      return documents[purpose.document]
    case 'issuer_keys':
      return 'Keys of the issuer'
    case 'identify':
      return 'Who am I?'
    case 'test_path':
      return 'Test path'
    case 'workspaces':
      return 'Which workspaces?'
    case 'workspace_check':
      return 'Is there such a workspace?'
    case 'token_info':
      return 'What is this token?'
    case 'token_check':
      return purpose.after === 'revocation' ? 'Does the access token still work?' : 'Does the service know this token?'
    case 'api_request':
      return `${request.method} ${pathIn(request.url)}`
  }
}

/** What to say besides request and response; may be empty. */
export function exchangeNote(exchange: Exchange): string {
  const route = exchange.route ? routeWords(exchange.route) : []
  return [resultWords(exchange), ...route].filter(Boolean).join(' ')
}

function resultWords({ finding, failure, response, attempts }: Exchange): string {
  const times = attempts === 1 ? 'once' : `${attempts} times`
  switch (finding) {
    case 'endpoint_present': {
      const answer =
        failure?.kind === 'redirected' || response === null
          ? 'It sends visitors on, to sign in'
          : `It answers ${response.status} to a bare question`
      return `${answer}: it is there.`
    }
    case 'token_refused':
      return 'The API refuses the token: it is revoked.'
    case 'authorization_pending':
      return `Asked ${times}; not decided yet.`
    case 'slow_down':
      return `Asked ${times}; not decided yet, and the server wants longer pauses.`
    case 'names_metadata':
      return 'The API wants a token, and says where its metadata is.'
    case null: {
      const asked = attempts > 1 ? `Asked ${times}.` : ''
      return [failure ? exchangeFailureWords(failure) : '', asked].filter(Boolean).join(' ')
    }
  }
}
