// What each parameter of OAuth and OpenID Connect is for, in a line, and where it is defined.

export interface ParameterWords {
  meaning: string
  /** Such as `RFC 6749 §4.1.1`. */
  source: string
}

const oidc = 'OpenID Connect Core §3.1.2.1'
const forms = 'OAuth 2.0 Multiple Response Types §2.1'
const google = 'Google’s own'

const words: Readonly<Record<string, ParameterWords>> = {
  access_token: { meaning: 'What the API takes in place of a password', source: 'RFC 6749 §5.1' },
  access_type: { meaning: '“offline” asks for a refresh token', source: google },
  acr_values: { meaning: 'How strongly the person should have signed in, the best first', source: oidc },
  actor_token: { meaning: 'Says who acts for the subject', source: 'RFC 8693 §2.1' },
  assertion: { meaning: 'A signed statement in place of a code', source: 'RFC 7521 §4.1' },
  audience: { meaning: 'The API that the token is for, by its name', source: 'RFC 8693 §2.1' },
  authorization_details: { meaning: 'What is asked for, in more detail than scopes', source: 'RFC 9396 §2' },
  client_assertion: { meaning: 'A signed statement that proves who the client is', source: 'RFC 7521 §4.2' },
  client_assertion_type: { meaning: 'The form of that statement', source: 'RFC 7521 §4.2' },
  client_id: { meaning: 'Which app asks; public', source: 'RFC 6749 §2.2' },
  client_secret: { meaning: 'Proves that the app is who it says', source: 'RFC 6749 §2.3.1' },
  code: { meaning: 'Can be exchanged for tokens once, and soon', source: 'RFC 6749 §4.1.2' },
  code_challenge: { meaning: 'The hash of a secret that only this attempt knows', source: 'RFC 7636 §4.3' },
  code_challenge_method: { meaning: 'How the challenge was made; S256 hides the verifier', source: 'RFC 7636 §4.3' },
  code_verifier: { meaning: 'The secret behind the code challenge', source: 'RFC 7636 §4.5' },
  device_code: { meaning: 'Stands for this device while it asks for tokens', source: 'RFC 8628 §3.4' },
  display: { meaning: 'How large the sign-in page should be', source: oidc },
  error: { meaning: 'Why it was refused, as a code', source: 'RFC 6749 §4.1.2.1' },
  error_description: { meaning: 'The server’s own words about the error', source: 'RFC 6749 §4.1.2.1' },
  error_uri: { meaning: 'A page about the error', source: 'RFC 6749 §4.1.2.1' },
  expires_in: { meaning: 'How many seconds it lasts', source: 'RFC 6749 §5.1' },
  grant_type: { meaning: 'What is given in exchange for the token', source: 'RFC 6749 §4.1.3' },
  id_token: { meaning: 'Says who signed in, signed by the server', source: 'OpenID Connect Core §2' },
  id_token_hint: { meaning: 'Whom the server should know already', source: oidc },
  include_granted_scopes: { meaning: 'Adds what was granted before', source: google },
  interval: { meaning: 'How many seconds to wait between questions', source: 'RFC 8628 §3.2' },
  iss: { meaning: 'Which authorization server answers; guards against a mix-up', source: 'RFC 9207 §2' },
  login_hint: { meaning: 'The account that should sign in', source: oidc },
  max_age: { meaning: 'How many seconds ago the person may have signed in', source: oidc },
  nonce: { meaning: 'Comes back in the ID token, which so belongs to this attempt', source: oidc },
  password: { meaning: 'The person’s password', source: 'RFC 6749 §4.3.2' },
  prompt: { meaning: 'Whether to ask again: for consent, the account, or nothing at all', source: oidc },
  redirect_uri: { meaning: 'Where the answer goes; has to be registered exactly so', source: 'RFC 6749 §3.1.2' },
  refresh_token: { meaning: 'Gets a new access token without the person', source: 'RFC 6749 §6' },
  request: { meaning: 'The whole request, signed', source: 'RFC 9101 §5' },
  request_uri: { meaning: 'Stands for a request that was sent before', source: 'RFC 9126 §2.2' },
  resource: { meaning: 'The API that the token is for, by its address', source: 'RFC 8707 §2' },
  response_mode: { meaning: 'How the answer comes back: query, fragment or form', source: forms },
  response_type: { meaning: 'What should come back; “code” for a code', source: 'RFC 6749 §3.1.1' },
  scope: { meaning: 'What the token may do, separated by blanks', source: 'RFC 6749 §3.3' },
  session_state: { meaning: 'The state of the session at the server', source: 'OpenID Connect Session Management §2' },
  state: {
    meaning: 'Comes back as it was sent; proves that the answer belongs to this attempt',
    source: 'RFC 6749 §10.12',
  },
  subject_token: { meaning: 'The token to be exchanged', source: 'RFC 8693 §2.1' },
  subject_token_type: { meaning: 'What kind of token that is', source: 'RFC 8693 §2.1' },
  token: { meaning: 'The token that is asked about or revoked', source: 'RFC 7009 §2.1' },
  token_type: { meaning: 'How the token is sent, usually Bearer', source: 'RFC 6749 §7.1' },
  token_type_hint: { meaning: 'Which kind of token it is; the server may look further', source: 'RFC 7009 §2.1' },
  ui_locales: { meaning: 'The languages that the person reads', source: oidc },
  user_code: { meaning: 'What the person types in at the service', source: 'RFC 8628 §3.2' },
  username: { meaning: 'Whose password it is', source: 'RFC 6749 §4.3.2' },
  verification_uri: { meaning: 'Where the person types the code in', source: 'RFC 8628 §3.2' },
}

/** `null` for a parameter that is not known here, such as an API's own. */
export function parameterWords(name: string): ParameterWords | null {
  return Object.hasOwn(words, name) ? (words[name] ?? null) : null
}
