// Reads authorization responses, from the listener or pasted by the person. Nothing in a response is used before its `state`
// has been checked.
import type { Pkce } from '../../contract/service.ts'
import type { CheckFacts } from '../flows/recording.ts'
import { invalid, Problem } from '../problem.ts'
import { Secret } from '../secret.ts'
import { authorizationRefusal } from './refusal.ts'
import { equalsSecret, repeatedParameter } from './state.ts'

export interface RedirectAnswer {
  code: Secret
  /** Other parameters, such as `app_installation_id`. */
  parameters: Record<string, string>
}

/** The parameters of an authorization response, and how it arrived. */
export interface ReceivedAnswer {
  parameters: URLSearchParams
  /** `out_of_band`: the service showed the code, and a person pasted it. */
  via: 'listener' | 'pasted' | 'out_of_band'
  /** What a pasted response lacked, so that we added our own. */
  filledIn: ('state' | 'iss')[]
}

/**
 * The code of an authorization response; records each check. Throws `refused` with the server's words, or `unexpected_answer`.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2 and https://www.rfc-editor.org/rfc/rfc9207#section-2.4
 */
export function readRedirectAnswer(
  { parameters, via, filledIn }: ReceivedAnswer,
  expected: { state: Secret; issuer?: string; pkce?: Pkce; redirectUri: string },
  check: (facts: CheckFacts) => void,
): RedirectAnswer {
  const pasted = via !== 'listener'
  check({
    which: 'redirect_uri',
    expected: expected.redirectUri,
    ...(pasted ? { result: 'skipped', reason: 'pasted' } : { result: 'passed', found: expected.redirectUri }),
  })
  const repeated = repeatedParameter(parameters)
  if (repeated !== null) {
    check({ which: 'parameters', result: 'failed', reason: 'repeated', found: repeated })
    throw unexpected('The redirect names one of its parameters twice.')
  }
  check({
    which: 'parameters',
    result: 'passed',
    found: [...parameters.keys()].filter((name) => !isIn(filledIn, name)),
  })
  checkState(parameters, filledIn, expected.state, check)
  checkIssuer(parameters, filledIn, expected.issuer, check)
  const error = parameters.get('error')
  if (error)
    throw authorizationRefusal(error, parameters.get('error_description'), {
      secrets: [expected.state],
      pkce: expected.pkce,
    })
  const code = parameters.get('code')
  check({ which: 'code', ...(code ? { result: 'passed', found: code } : { result: 'failed', reason: 'missing' }) })
  if (!code) throw unexpected('The redirect carries no code.')
  const others = [...parameters].filter(([name]) => !['code', 'state', 'iss'].includes(name))
  return { code: new Secret(code), parameters: Object.fromEntries(others) }
}

type Check = (facts: CheckFacts) => void

function isIn(names: readonly string[], name: string): boolean {
  return names.includes(name)
}

function checkState(parameters: URLSearchParams, filledIn: ReceivedAnswer['filledIn'], state: Secret, check: Check) {
  const received = parameters.get('state')
  const isFilledIn = isIn(filledIn, 'state')
  const isOurs = equalsSecret(received ?? '', state)
  const facts = { expected: state.reveal(), found: isFilledIn ? null : received }
  if (isFilledIn) check({ which: 'state', ...facts, result: 'skipped', reason: 'not_pasted' })
  else if (isOurs) check({ which: 'state', ...facts, result: 'passed' })
  else check({ which: 'state', ...facts, result: 'failed', reason: received === null ? 'missing' : 'different' })
  if (!isOurs) throw unexpected('The redirect does not carry the state of this attempt.')
}

function checkIssuer(
  parameters: URLSearchParams,
  filledIn: ReceivedAnswer['filledIn'],
  issuer: string | undefined,
  check: Check,
) {
  const received = parameters.get('iss')
  const isFilledIn = isIn(filledIn, 'iss')
  const isOther = issuer !== undefined && received !== issuer
  const facts = { expected: issuer ?? null, found: isFilledIn ? null : received }
  if (isFilledIn) check({ which: 'iss', ...facts, result: 'skipped', reason: 'not_pasted' })
  else if (issuer === undefined) check({ which: 'iss', ...facts, result: 'skipped', reason: 'not_promised' })
  else if (!isOther) check({ which: 'iss', ...facts, result: 'passed' })
  else check({ which: 'iss', ...facts, result: 'failed', reason: received === null ? 'missing' : 'different' })
  if (isOther) throw unexpected('The redirect does not come from the authorization server that was asked (iss).')
}

function unexpected(message: string): Problem {
  return new Problem({ kind: 'unexpected_answer', message, remedy: 'Connect again.', status: null })
}

/**
 * A pasted response: the whole redirect URL, its query, or just the code. If it has no state, ours is used: PKCE binds the
 * code to this attempt.
 * Throws `invalid_input`.
 */
export function parsePastedAnswer(
  text: string,
  expected: { state: Secret; redirectUri: string; issuer?: string },
): Pick<ReceivedAnswer, 'parameters' | 'filledIn'> {
  const pasted = text.trim()
  if (pasted === '') throw invalid('text', 'Nothing was pasted.')
  if (pasted.length > 20_000) throw invalid('text', 'This is too long for an answer of an authorization server.')
  const parameters = pastedParameters(pasted)
  if (repeatedParameter(parameters) !== null) {
    throw invalid('text', 'This answer names one of its parameters twice, which no authorization server does.')
  }
  if (!parameters.get('code') && !parameters.get('error')) throw noAnswer(parameters, expected.redirectUri)
  const state = parameters.get('state')
  if (state !== null && !equalsSecret(state, expected.state)) {
    throw invalid(
      'text',
      'This answer belongs to another attempt: its state is not the one that was sent.',
      'Paste the address that this attempt led to, or connect again.',
    )
  }
  const filledIn: ReceivedAnswer['filledIn'] = []
  if (state === null) filledIn.push('state')
  parameters.set('state', expected.state.reveal())
  if (expected.issuer !== undefined && !parameters.has('iss')) {
    filledIn.push('iss')
    parameters.set('iss', expected.issuer)
  }
  return { parameters, filledIn }
}

function pastedParameters(pasted: string): URLSearchParams {
  const url = /^[a-z][a-z0-9+.-]*:/i.test(pasted) ? URL.parse(pasted) : null
  if (url !== null && (url.search !== '' || url.hash !== '')) {
    return new URLSearchParams(url.search === '' ? url.hash.slice(1) : url.search)
  }
  // A query, or a line such as "Success code=…" copied off a page.
  const query = /(?:^|[?&#\s])((?:code|error|state|iss)=\S*)$/.exec(pasted)
  if (query) return new URLSearchParams(firstParameter(pasted))
  if (/\s/.test(pasted) || /^https?:/i.test(pasted)) return new URLSearchParams()
  return new URLSearchParams({ code: decodedCode(pasted) })
}

function firstParameter(pasted: string): string {
  const line = pasted.slice(pasted.lastIndexOf('?') + 1).replace(/^#/, '')
  const spaced = line.split(/\s+/)
  return spaced.find((piece) => /(?:^|&)(?:code|error)=/.test(piece)) ?? line
}

/** A code copied out of an address bar is still percent-encoded. */
function decodedCode(text: string): string {
  if (!/%[0-9A-Fa-f]{2}/.test(text)) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function noAnswer(parameters: URLSearchParams, redirectUri: string): Problem {
  const remedy = /^https?:/.test(redirectUri)
    ? `After consent the browser is sent to an address that begins with ${redirectUri}; paste all of that address.`
    : 'Paste the code that the page shows after consent.'
  if (parameters.has('response_type') || parameters.has('client_id')) {
    return invalid('text', 'This is the address of the consent page, not of its answer.', remedy)
  }
  return invalid('text', 'There is no code in what was pasted.', remedy)
}
