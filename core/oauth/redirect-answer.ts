// Reads authorization responses, from the listener or pasted by the person (pasted-answer.ts). Nothing in a response is used
// before its `state` has been checked.
import type { Pkce } from '../../contract/service.ts'
import type { CheckFacts } from '../flows/recording.ts'
import { Problem } from '../problem.ts'
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
  /** `app`: the system handed it over. `out_of_band`: the service showed the code, and a person pasted it. */
  via: 'listener' | 'app' | 'pasted' | 'out_of_band'
  /** What a pasted response lacked, so that we added our own. */
  filledIn: ('state' | 'iss')[]
}

/**
 * The code of an authorization response; records each check. Throws `refused` with the server's words, or `unexpected_answer`.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2 and https://www.rfc-editor.org/rfc/rfc9207#section-2.4
 */
export function readRedirectAnswer(
  { parameters, via, filledIn }: ReceivedAnswer,
  expected: { state: Secret; issuer?: string; pkce?: Pkce; redirectUri: string; forwardedTo?: string | null },
  check: (facts: CheckFacts) => void,
): RedirectAnswer {
  checkRedirectUri(via, expected, check)
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
      redirectUri: expected.redirectUri,
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

function checkRedirectUri(
  via: ReceivedAnswer['via'],
  { redirectUri, forwardedTo }: { redirectUri: string; forwardedTo?: string | null },
  check: Check,
) {
  const facts = { which: 'redirect_uri', expected: redirectUri } as const
  if (via === 'pasted' || via === 'out_of_band') check({ ...facts, result: 'skipped', reason: 'pasted' })
  else if (forwardedTo) check({ ...facts, found: forwardedTo, result: 'skipped', reason: 'forwarded' })
  else check({ ...facts, found: redirectUri, result: 'passed' })
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
