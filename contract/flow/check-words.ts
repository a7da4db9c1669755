// A check in words: what was checked, the result, and what it means.
import type { CheckName, CheckReason, CheckValue } from './check.ts'
import type { EventOf } from './event.ts'

type Check = EventOf<'check'>
type CheckFacts = Omit<Check, 'kind' | 'id' | 'at'>

/** A value in words; empty if there is none. */
export function checkValueWords(value: CheckValue): string {
  if (value === null) return ''
  return Array.isArray(value) ? value.join(' ') : String(value)
}

function list(value: CheckValue): string[] {
  return Array.isArray(value) ? value : []
}

/** Expected values that were not found. */
function missing({ expected, found }: CheckFacts): string[] {
  const held = new Set(list(found))
  return list(expected).filter((one) => !held.has(one))
}

/** A number of seconds in the largest unit that fits. */
function lifetimeWords(seconds: number): string {
  if (seconds >= 172_800) return `${Math.round(seconds / 86_400)} days`
  if (seconds >= 7_200) return `${Math.round(seconds / 3_600)} h`
  return seconds >= 120 ? `${Math.round(seconds / 60)} min` : `${seconds} s`
}

/** Each check's subject, and its result in a few words. */
const verdicts: Record<CheckName, { subject: string; verdict: (check: CheckFacts, found: string) => string }> = {
  state: { subject: 'state', verdict: comparison },
  parameters: {
    subject: 'Parameters of the answer',
    verdict: ({ result }, found) => (result === 'passed' ? 'each once' : `${found || 'one'} twice`),
  },
  iss: { subject: 'Issuer of the answer (iss)', verdict: comparison },
  code: {
    subject: 'Authorization code',
    verdict: ({ result }) => (result === 'passed' ? 'received' : 'missing'),
  },
  client_authentication: {
    subject: 'Client authentication',
    verdict({ expected }, found) {
      const offered = list(expected)
      return `${found}, ${offered.length > 0 ? `not one of ${offered.join(', ')}` : 'which the server does not name'}`
    },
  },
  basic_spelling: {
    subject: 'HTTP Basic',
    verdict: (_check, found) => (found === 'basic-raw' ? 'not form-encoded' : 'form-encoded'),
  },
  listener: {
    subject: 'Redirect listener',
    verdict: ({ reason, expected }) =>
      reason === 'no_such_address'
        ? `no address ${checkValueWords(expected)}`
        : `port ${checkValueWords(expected)} not free`,
  },
  pkce: {
    subject: 'PKCE',
    verdict({ result, reason }, found) {
      if (reason === 'missing') return `the code verifier is missing (${found})`
      if (reason === 'different') return `the code verifier does not fit the challenge (${found})`
      if (reason === 'additional') return 'a code verifier without a challenge'
      if (reason === 'matches') return `${found}, the code verifier fits the challenge`
      if (result === 'failed') return `${found} refused by the server`
      if (reason === 'switched_off') return 'switched off'
      if (reason === 'sent') return `${found} sent`
      return result === 'passed' ? `${found} accepted` : found
    },
  },
  redirect_uri: {
    subject: 'Redirect URI',
    verdict: ({ result, reason }) => {
      if (reason === 'matches') return 'the same in the token request'
      if (reason === 'different') return 'another than in the authorization request'
      if (reason === 'missing') return 'missing from the token request'
      if (result === 'passed') return 'answered at the right address'
      return reason === 'forwarded' ? 'forwarded to this machine' : 'pasted by hand'
    },
  },
  installation: {
    subject: 'Installation',
    verdict({ result, reason }) {
      if (reason === 'unsolicited') return 'named by hand'
      return result === 'passed' ? 'named by the redirect' : 'not named'
    },
  },
  availability: {
    subject: 'OAuth',
    verdict: ({ result }) => (result === 'passed' ? 'offered here' : 'not offered here'),
  },
  token_text: {
    subject: 'Token as it came',
    verdict: ({ reason }, found) =>
      `${reason === 'scheme_in_front' ? '“Bearer” before' : 'blanks around'} the ${found}`,
  },
  tokens: { subject: 'Tokens in the answer', verdict: ({ found }) => list(found).join(', ') },
  token_type: {
    subject: 'Token type',
    verdict({ result, reason }, found) {
      if (reason === 'not_said') return 'not said'
      return result === 'failed' ? `${found}, which cannot be sent` : found
    },
  },
  expires_in: { subject: 'Lifetime', verdict: lifetimeVerdict },
  refresh_token_expires_in: { subject: 'Lifetime of the refresh token', verdict: lifetimeVerdict },
  refresh_token: {
    subject: 'Refresh token',
    verdict({ reason }) {
      if (reason === 'rotated') return 'replaced by a new one'
      if (reason === 'unchanged') return 'the same goes on'
      return reason === 'none_issued' ? 'none issued' : 'issued'
    },
  },
  kept_values: {
    subject: 'Values for later',
    verdict: (check) =>
      [
        list(check.found).join(', '),
        missing(check)
          .map((name) => `${name} missing`)
          .join(', '),
      ]
        .filter(Boolean)
        .join('; '),
  },
  endpoint_origin: {
    subject: 'Address of the token endpoint',
    verdict({ result, expected }, found) {
      if (result === 'skipped') return 'not named by the redirect: that of the base URL'
      return result === 'passed' ? found : `${found}, not one of ${list(expected).join(', ')}`
    },
  },
  id_token: { subject: 'ID token', verdict: ({ result }) => (result === 'skipped' ? 'not used' : 'not read') },
  id_token_issuer: { subject: 'Issuer of the ID token', verdict: comparison },
  id_token_audience: {
    subject: 'Audience of the ID token',
    verdict: (check, found) => (check.result === 'passed' ? 'this client' : comparison(check, found)),
  },
  id_token_subject: { subject: 'Subject of the ID token', verdict: comparison },
  userinfo_subject: { subject: 'Subject of the userinfo endpoint', verdict: comparison },
  nonce: {
    subject: 'nonce',
    verdict: ({ result, reason }) =>
      result === 'passed' ? 'as expected' : reason === 'missing' ? 'missing' : 'another than expected',
  },
  id_token_expiry: {
    subject: 'ID token',
    verdict: ({ result, found }) => (result === 'passed' && typeof found === 'number' ? lifetimeWords(found) : 'ended'),
  },
  id_token_not_before: {
    subject: 'ID token',
    verdict: ({ found }) =>
      typeof found === 'number' ? `not valid for another ${lifetimeWords(found)}` : 'not valid yet',
  },
  id_token_signature: { subject: 'Signature of the ID token', verdict: signatureVerdict },
  access_token_signature: { subject: 'Signature of the access token', verdict: signatureVerdict },
  scope: { subject: 'Scopes', verdict: scopesVerdict },
  reported_scope: { subject: 'Scopes that the API reports', verdict: scopesVerdict },
  account: {
    subject: 'Account',
    verdict({ result, expected }, found) {
      if (result === 'failed') return `${found || 'another'}, not ${checkValueWords(expected) || 'the one before'}`
      return result === 'passed' ? found || 'the same' : 'not named'
    },
  },
  workspace: {
    subject: 'Workspace',
    verdict({ result }, found) {
      if (result === 'failed') return 'not known to the API'
      return found || (result === 'passed' ? 'there' : 'not confirmed')
    },
  },
  issuer: { subject: 'Issuer', verdict: comparison },
  resource: { subject: 'Resource', verdict: comparison },
  revoked: {
    subject: 'Revocation',
    verdict({ result }) {
      if (result === 'passed') return 'the API refuses the token'
      return result === 'failed' ? 'the token still works' : 'not verified'
    },
  },
  introspection: {
    subject: 'Introspection',
    verdict({ result }, found) {
      const token = found === 'refresh_token' ? 'refresh token' : 'access token'
      return result === 'passed' ? `the ${token} is not active any more` : `the ${token} is still active`
    },
  },
  token_known: {
    subject: 'Token',
    verdict({ result }) {
      if (result === 'passed') return 'known to the service'
      return result === 'failed' ? 'not known to the service' : 'may be known'
    },
  },
  secret_strength: {
    subject: 'Hiding of secrets',
    verdict: ({ found }) => `${list(found).join(' and ')} hidden in part`,
  },
}

function comparison({ result }: CheckFacts, found: string): string {
  if (result === 'passed') return 'as expected'
  if (result !== 'failed') return 'not compared'
  return found === '' ? 'missing' : 'another than expected'
}

function signatureVerdict({ result }: CheckFacts, found: string): string {
  if (result === 'passed') return `verified (${found})`
  return result === 'failed' ? 'not the issuer’s' : 'not verified'
}

function lifetimeVerdict({ found, reason }: CheckFacts): string {
  if (typeof found !== 'number') return 'not said'
  return reason === 'ended' ? 'over already' : lifetimeWords(found)
}

function scopesVerdict(check: CheckFacts, found: string): string {
  const { result, reason } = check
  if (result === 'failed') return `${missing(check).join(' ')} missing`
  if (reason === 'additional') return 'more than asked for'
  if (reason === 'not_said') return 'not said'
  if (result === 'skipped') return found || 'none asked for'
  return 'as asked for'
}

/** The result of a check in a few words. */
export function checkVerdict(check: CheckFacts): string {
  const words = checkValueWords(check.found)
  return check.reason === 'not_answered' ? 'could not be asked' : verdicts[check.which].verdict(check, words)
}

export function checkTitle(check: Check): string {
  return `${verdicts[check.which].subject}: ${checkVerdict(check)}`
}

const pkceOff = 'The code is bound to this attempt by state alone: anybody who reads the redirect could use it.'

const reasons: Record<CheckReason, string> = {
  not_said: 'The server does not say.',
  not_answered: 'The question got no answer.',
  not_promised: 'The server does not promise it, so nothing was compared.',
  not_pasted: 'What was pasted does not hold it.',
  pasted: 'A person pasted the answer: nothing came to the redirect URI.',
  forwarded: 'The owner of the redirect URI sent the answer on to this machine.',
  switched_off: pkceOff,
  unsolicited: 'Nothing shows who began it: the account and workspace that its bot acts in tell whose it is.',
  plain_method: 'Anybody who reads the authorization request can use the code.',
  accepted: 'The token endpoint gave tokens for the code; a server that knows no PKCE does so, too.',
  sent: 'The answer does not tell what the server makes of it.',
  refused_by_server: 'The server’s refusal is about this.',
  different: 'It is another one.',
  matches: '',
  missing: 'It is missing.',
  additional: 'There is more than was asked for.',
  repeated: 'No authorization server names a parameter twice.',
  nothing_requested: 'Nothing was asked for by name.',
  first_seen: 'Nothing was known before.',
  unknown_type: 'The server has a word of its own for it; the token is sent as Bearer.',
  unsendable_type: 'Grantdesk sends Bearer tokens.',
  ended: 'Its end has passed; one of the two clocks may be wrong.',
  not_yet: 'Its time has not come; one of the two clocks may be wrong.',
  token_says: 'The answer does not say; the token itself does (exp).',
  blanks_around: 'They were left out: no token begins or ends with them.',
  scheme_in_front: 'It was left out: it belongs to the header alone.',
  rotated: 'The one before is kept until the new access token has worked.',
  unchanged: 'The answer holds no new one.',
  none_issued: 'The answer holds none.',
  not_used: 'Who the account is, the API is asked.',
  still_works: 'The API still takes it.',
  anonymous: 'The service answered as it answers anybody.',
  unreadable: 'It is encrypted, or no JWT.',
  no_key: 'No key is known to verify it with; it came from the token endpoint itself, over its own connection.',
  undecided: 'The status of the answer does not tell.',
  too_common:
    'It is short or an ordinary word, so it is hidden only where secrets stand: elsewhere it would spoil the text and give itself away. A long random one is safer.',
  servers_differ:
    'The client id or the client secret holds special characters, which some servers decode and some do not.',
  in_use: 'Another program, or another attempt to connect, uses it; the answer has to be pasted.',
  not_permitted: 'This program may not use it; the answer has to be pasted.',
  no_such_address: 'This machine does not have it; the answer has to be pasted.',
}

/** What the result means; empty if the title says it all. */
export function checkNote({ which, expected, reason }: Check): string {
  if (which === 'account' && reason === 'not_answered') {
    return 'The API could not be asked. The token was kept; identify the connection later.'
  }
  if (which === 'scope' && reason === 'not_said') {
    return 'The server does not say, which means that all were granted (RFC 6749 §5.1).'
  }
  if (which === 'refresh_token' && reason === 'none_issued' && expected === 'issued') {
    return 'The answer holds none, though the grant is described as bringing one. Some servers want a scope for it, such as offline_access.'
  }
  return reason === null ? '' : reasons[reason]
}
