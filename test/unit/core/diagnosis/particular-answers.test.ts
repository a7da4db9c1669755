// Where the server says what it is, a rule for another case says nothing, however well its other facts fit.
import { expect, it } from 'vitest'
import { rules } from '../../../../core/diagnosis/rules.ts'
import {
  accepted,
  afterRedirect,
  authenticatedBy,
  redirectWith,
  refusedCodeFlow,
  serviceWith,
} from './authorization-fixture.ts'
import { contextOf, eventsOf, exchange, refusal } from './diagnosis-fixture.ts'

const unknownClient = refusal('invalid_client', 'The OAuth client was not found.', 401)
const kept = { kind: 'decision', decision: { question: 'around_value', choice: 'keep', value: 'client_secret' } }
const spelled = {
  kind: 'check',
  which: 'basic_spelling',
  found: 'basic',
  result: 'unconfirmed',
  reason: 'servers_differ',
}

function refusedWith(request: ReturnType<typeof authenticatedBy.body>, response = unknownClient) {
  return eventsOf(kept, spelled, exchange({ request, response, outcome: 'failed' }))
}

const says = (rule: string, events: ReturnType<typeof eventsOf>, context = contextOf()) =>
  rules[rule]?.(events, context)

it.each([
  [
    'client-authentication-method',
    'basic',
    contextOf({ service: serviceWith({ clientAuthentication: { allowed: ['body'], default: 'body' } }) }),
  ],
  ['client-authentication-changed', 'basic', contextOf({ earlier: [accepted(authenticatedBy.body())] })],
  ['client-secret-blanks', 'body', contextOf()],
  ['client-secret-reset', 'body', contextOf({ earlier: [accepted(authenticatedBy.body())] })],
  ['client-secret-replaced', 'body', contextOf({ earlier: [accepted(authenticatedBy.body('<client_secret:2>'))] })],
  ['client-secret-missing', 'none', contextOf()],
  ['basic-spelling', 'basic', contextOf()],
  ['client-refused', 'body', contextOf()],
] as const)('%s says nothing of a client that the server does not know', (rule, method, context) => {
  const request = authenticatedBy[method]()
  expect(says(rule, refusedWith(request), context)).toBeNull()
  expect(says(rule, refusedWith(request, refusal('invalid_client', undefined, 401)), context)).not.toBeNull()
})

it.each(['pkce-verifier-missing', 'pkce-verifier-unexpected', 'pkce-verifier-wrong'])(
  '%s says nothing of a client that is refused',
  (rule) => {
    const asked: Record<string, string> =
      rule === 'pkce-verifier-unexpected' ? {} : { code_challenge: 'c', code_challenge_method: 'plain' }
    const sent: Record<string, string> = rule === 'pkce-verifier-missing' ? {} : { code_verifier: '<code_verifier:1>' }
    expect(says(rule, refusedCodeFlow(unknownClient, { asked, sent }))).toBeNull()
    expect(says(rule, refusedCodeFlow(refusal('invalid_grant'), { asked, sent }))).not.toBeNull()
  },
)

it('the rules about a code say nothing where the server says that it was used', () => {
  const check = { kind: 'check', which: 'state', result: 'skipped', reason: 'not_pasted' }
  const flow = { redirect: { via: 'pasted', at: -60_000 }, before: [check] }
  for (const rule of ['code-cut', 'code-expired', 'code-refused']) {
    expect(says(rule, refusedCodeFlow(refusal('invalid_grant', 'The code was already used.'), flow)), rule).toBeNull()
    expect(says(rule, refusedCodeFlow(refusal('invalid_grant'), flow)), rule).not.toBeNull()
  }
})

it('a parameter that is named by a refusal of another kind is not to blame', () => {
  const events = (error: string) =>
    afterRedirect({ prompt: 'login' }, redirectWith(error, 'unsupported value of prompt'))
  expect(says('parameter-refused', events('access_denied'))).toBeNull()
  expect(says('parameter-refused', events('invalid_request'))).not.toBeNull()
})

it('a client that may not use a grant is told from one whose request is refused otherwise', () => {
  expect(says('client-not-allowed', refusedWith(authenticatedBy.body(), refusal('invalid_grant')))).toBeNull()
  expect(says('client-not-allowed', refusedWith(authenticatedBy.body(), refusal('unauthorized_client')))).not.toBeNull()
})

it('no other client authentication is tried for a client that sent no secret', () => {
  const service = serviceWith({ clientAuthentication: { allowed: ['basic'], default: 'basic' } })
  const events = refusedWith(authenticatedBy.none(), refusal('invalid_client', undefined, 401))
  expect(says('client-authentication-method', events, contextOf({ service }))).toBeNull()
})
