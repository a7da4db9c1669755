import { describe, expect, it } from 'vitest'
import type { Pkce } from '../../../../contract/service.ts'
import type { CheckFacts } from '../../../../core/flows/recording.ts'
import { type ReceivedAnswer, readRedirectAnswer } from '../../../../core/oauth/redirect-answer.ts'
import { Problem } from '../../../../core/problem.ts'
import { Secret } from '../../../../core/secret.ts'

const state = new Secret('st4te-of-ours')
const redirectUri = 'http://127.0.0.1:5000/callback'
const query = (text: string): ReceivedAnswer => ({
  parameters: new URLSearchParams(text),
  via: 'listener',
  filledIn: [],
})

/** Reads an answer, and keeps how each check came out. */
function read(received: ReceivedAnswer, expected: { state: Secret; issuer?: string; pkce?: Pkce }) {
  const checks: string[] = []
  const told = ({ which, result }: CheckFacts) => checks.push(`${which} ${result}`)
  return { ...readRedirectAnswer(received, { redirectUri, ...expected }, told), checks }
}

function failureOf(run: () => unknown) {
  try {
    run()
  } catch (error) {
    if (error instanceof Problem) return error.failure
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('an authorization response', () => {
  it('yields its code and the other parameters', () => {
    const { code, parameters } = read(query('code=c1&state=st4te-of-ours&app_installation_id=7&iss=x'), {
      state,
    })
    expect([code.reveal(), parameters]).toEqual(['c1', { app_installation_id: '7' }])
  })

  it('tells of each check that it went through', () => {
    const { checks } = read(query('code=c1&state=st4te-of-ours'), { state })
    expect(checks).toEqual(['redirect_uri passed', 'parameters passed', 'state passed', 'iss skipped', 'code passed'])
  })

  it('tells of the check that it failed', () => {
    const checks: CheckFacts[] = []
    const received = query('code=c1&state=other')
    failureOf(() => readRedirectAnswer(received, { state, redirectUri }, (facts) => checks.push(facts)))
    expect(checks.at(-1)).toMatchObject({ which: 'state', result: 'failed', reason: 'different', found: 'other' })
  })

  it.each([
    ['another state', 'code=c1&state=other'],
    ['no state', 'code=c1'],
    ['no code', 'state=st4te-of-ours'],
    ['a repeated parameter', 'code=c1&code=c2&state=st4te-of-ours'],
    ['an error under another state', 'error=access_denied&state=other'],
  ])('is unexpected with %s', (_name, text) => {
    expect(failureOf(() => read(query(text), { state })).kind).toBe('unexpected_answer')
  })

  it.each(['code=c1&state=st4te-of-ours', 'code=c1&state=st4te-of-ours&iss=https://evil.example'])(
    'is unexpected without the promised iss: %s',
    (text) => {
      const expected = { state, issuer: 'https://as.example' }
      expect(failureOf(() => read(query(text), expected)).kind).toBe('unexpected_answer')
      expect(read(query('code=c&state=st4te-of-ours&iss=https://as.example'), expected).code.reveal()).toBe('c')
    },
  )

  it('that is an error carries the server’s words and not our state', () => {
    const text = 'error=access_denied&error_description=No+st4te-of-ours&state=st4te-of-ours'
    const failure = failureOf(() => read(query(text), { state }))
    expect(failure).toMatchObject({
      kind: 'refused',
      by: 'authorization_endpoint',
      status: null,
      error: 'access_denied',
    })
    expect(JSON.stringify(failure)).not.toContain('st4te-of-ours')
  })
})

describe('an error that is about PKCE', () => {
  const refused = (pkce: 'S256' | 'plain' | 'off', description: string) => {
    const answer = new URLSearchParams({ error: 'invalid_request', error_description: description })
    answer.set('state', state.reveal())
    return failureOf(() => read({ parameters: answer, via: 'listener', filledIn: [] }, { state, pkce }))
  }

  it.each([
    ['S256', 'not supported value of code_challenge_method', ['plain', 'off']],
    ['plain', 'Transform algorithm: code challenge method plain is not allowed', ['S256', 'off']],
    ['off', 'PKCE is mandatory', ['S256', 'plain']],
  ] as const)('with %s offers the other ways, and says what they give away: %s', (pkce, said, tryPkce) => {
    const failure = refused(pkce, said)
    expect(failure).toMatchObject({ kind: 'refused', tryPkce, message: expect.stringContaining('PKCE') })
    expect(failure.message).toContain(said)
    expect(failure.remedy).toContain('can use')
  })

  it('offers none where the words are about something else', () => {
    expect(refused('S256', 'The redirect_uri and the code are unknown')).not.toHaveProperty('tryPkce')
  })
})
