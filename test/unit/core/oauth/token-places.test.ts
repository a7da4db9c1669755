// Where answers hold their tokens: beside what the RFC names, below it, and several at once.
import { describe, expect, it } from 'vitest'
import { exchangeCode, refreshTokens } from '../../../../core/oauth/token-endpoint.ts'
import { memberNames, type TokenPlaces, usualPlaces } from '../../../../core/oauth/token-places.ts'
import { Secret } from '../../../../core/secret.ts'
import { answering, failureOf, json } from './token-fixture.ts'

const code = {
  ...{ code: new Secret('c0de-123'), codeVerifier: null, redirectUri: 'http://127.0.0.1:5000/callback' },
  ...{ parameters: {}, resources: [] },
}
const ask = (body: unknown, places: Partial<TokenPlaces> = {}, place: string | null = null) =>
  answering(() => json(body), { places: { ...usualPlaces, ...places }, place })
const shown = (answer: Awaited<ReturnType<typeof exchangeCode>>) =>
  [answer, ...answer.others].map(({ accessToken, refreshToken, expiresIn, scopes, place }) => {
    return [place, accessToken.reveal(), refreshToken?.reveal() ?? null, expiresIn, scopes]
  })

const slack = {
  ok: true,
  access_token: 'xoxb-1',
  token_type: 'bot',
  scope: 'commands,chat:write',
  refresh_token: 'xoxe-bot',
  expires_in: 43_200,
  team: { id: 'T1' },
  authed_user: {
    ...{ id: 'U1', scope: 'search:read', access_token: 'xoxp-1', token_type: 'user' },
    ...{ refresh_token: 'xoxe-user', expires_in: 3600 },
  },
}
const bot = ['access_token', 'xoxb-1', 'xoxe-bot', 43_200, ['commands', 'chat:write']]
const user = ['authed_user.access_token', 'xoxp-1', 'xoxe-user', 3600, ['search:read']]

describe('tokens', () => {
  it.each<[string, unknown, Partial<TokenPlaces>, unknown[]]>([
    ['the RFC’s', { access_token: 'a', scope: 'x y' }, {}, [['access_token', 'a', null, null, ['x', 'y']]]],
    ['two, the bot’s first', slack, {}, [bot, user]],
    ['two, the user’s first', slack, { accessToken: ['authed_user.access_token', 'access_token'] }, [user, bot]],
    ['one of two, the other is kept', slack, { accessToken: ['authed_user.access_token'] }, [user, bot]],
    [
      'in an envelope, with what stands beside it',
      { data: { access_token: 'a', refresh_token: 'r', expires_in: 60, scope: 'x' } },
      { accessToken: ['data.access_token'] },
      [['data.access_token', 'a', 'r', 60, ['x']]],
    ],
    [
      'under names of its own',
      { auth: { key: 'a', renew: 'r', until: 60, rights: ['x'] } },
      {
        ...{ accessToken: ['auth.key'], refreshToken: ['auth.renew'] },
        ...{ expiresIn: ['auth.until'], scope: ['auth.rights'] },
      },
      [['auth.key', 'a', 'r', 60, ['x']]],
    ],
    [
      'in a list',
      { tokens: [{ value: 'a' }] },
      { accessToken: ['nowhere', 'tokens.0.value'] },
      [['tokens.0.value', 'a', null, null, null]],
    ],
    [
      'further ones in a list',
      { access_token: 'a', scope: 'x', other_tokens: [{ access_token: 'b', refresh_token: 'r', scope: 'y' }] },
      {},
      [
        ['access_token', 'a', null, null, ['x']],
        ['other_tokens.0.access_token', 'b', 'r', null, ['y']],
      ],
    ],
    [
      'with the rest at the top',
      { authed_user: { access_token: 'a' }, scope: 'x', expires_in: 60 },
      { accessToken: ['authed_user.access_token'] },
      [['authed_user.access_token', 'a', null, 60, ['x']]],
    ],
    [
      'the same twice',
      { access_token: 'a', legacy: { access_token: 'a' } },
      {},
      [['access_token', 'a', null, null, null]],
    ],
  ])('are found: %s', async (_name, body, places, expected) => {
    const { at } = ask(body, places)
    expect(shown(await exchangeCode(at, code))).toEqual(expected)
  })

  it('are told where there are several', async () => {
    const { at, checks } = ask(slack)
    await exchangeCode(at, code)
    const found = ['access_token', 'authed_user.access_token']
    expect(checks).toContainEqual({ which: 'tokens', found, result: 'passed' })
  })

  it('begin with the one that the connection has', async () => {
    const { at } = ask(slack, {}, 'authed_user.access_token')
    expect(shown(await refreshTokens(at, { refreshToken: new Secret('r'), parameters: {}, resources: [] }))).toEqual([
      user,
      bot,
    ])
  })

  it('are no more than a few', async () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`n${at}`, { access_token: `t${at}` }]))
    const { at } = ask({ access_token: 'a', ...many })
    expect((await exchangeCode(at, code)).others).toHaveLength(7)
  })

  it.each([
    ['blanks', ' a\r\n', ['blanks_around']],
    ['its scheme', 'Bearer a', ['scheme_in_front']],
    ['both', '\ufeff bearer  a ', ['blanks_around', 'scheme_in_front']],
  ])('are put right that came with %s, and that is told', async (_name, access_token, reasons) => {
    const { at, checks } = ask({ access_token, refresh_token: 'r ' })
    const answer = await exchangeCode(at, code)
    expect(answer.accessToken.reveal()).toBe('a')
    expect(answer.refreshToken?.reveal()).toBe('r')
    const told = checks.filter(({ which }) => which === 'token_text')
    expect(told).toEqual([
      ...reasons.map((reason) => ({ which: 'token_text', found: 'access_token', result: 'unconfirmed', reason })),
      { which: 'token_text', found: 'refresh_token', result: 'unconfirmed', reason: 'blanks_around' },
    ])
  })
})

describe('an answer without a token where it should be', () => {
  it('names its members, never their values, and blames no address', async () => {
    const body = { ok: true, authed_user: { id: 'U1', access_token: 'xoxp-1' }, team: {}, a9f8e7d6c5b4a3f2e1: 1 }
    const failure = await failureOf(exchangeCode(ask(body).at, code))
    expect(failure).toMatchObject({ kind: 'unexpected_answer', status: 200 })
    expect(failure.message).toContain('It holds: ok, authed_user.id, authed_user.access_token, team, ….')
    expect(failure.remedy).toContain('tokenResponse.accessToken')
    expect(JSON.stringify(failure)).not.toMatch(/xoxp|address/)
  })

  it.each<[string, unknown, Partial<TokenPlaces>, object]>([
    ['of the usual form', { ok: false, error: 'invalid_code' }, {}, { error: 'invalid_code' }],
    ['with success', { success: false, message: 'No such code' }, {}, { errorDescription: 'No such code' }],
    [
      'at the place of the description',
      { status: 'ERR', problem: { name: 'invalid_grant' }, message: 'It ended.' },
      { error: ['problem.name'] },
      { error: 'invalid_grant', errorDescription: 'It ended.' },
    ],
  ])('is a refusal: %s', async (_name, body, places, expected) => {
    const failure = await failureOf(exchangeCode(ask(body, places).at, code))
    expect(failure).toMatchObject({ kind: 'refused', status: 200, ...expected })
  })

  it('has the error of its description with another status too', async () => {
    const places = { ...usualPlaces, error: ['fault.code'] }
    const { at } = answering(() => json({ fault: { code: 'invalid_client' } }, 401), { places })
    expect(await failureOf(exchangeCode(at, code))).toMatchObject({ kind: 'refused', error: 'invalid_client' })
  })

  it.each([
    ['a list', [{ access_token: 'xoxp-1' }], 'It holds: 0.access_token.'],
    ['a text', 'xoxp-1', 'holds no members'],
    ['nothing', {}, 'holds no members'],
  ])('that is JSON of another form is no address’s fault: %s', async (_name, body, words) => {
    const failure = await failureOf(exchangeCode(ask(body).at, code))
    expect(failure.message).toContain(words)
    expect(JSON.stringify(failure)).not.toMatch(/xoxp|address/)
  })

  it('is told with its first names alone where it has many', () => {
    const names = memberNames(Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`n${at}`, at])))
    expect(names).toHaveLength(21)
    expect(names.at(-1)).toBe('…')
  })
})

describe('scopes', () => {
  it.each<[string, string, object, string[]]>([
    ['with blanks', 'a b', {}, ['a', 'b']],
    ['with commas where blanks were sent', 'gist,repo', { scopeSeparator: ' ' }, ['gist', 'repo']],
    ['with commas and blanks', 'gist, repo', {}, ['gist', 'repo']],
    ['with commas, as the description says', 'a b,c', { responseSeparator: ',' }, ['a', 'b', 'c']],
    ['with blanks, as the description says', 'a,b c', { responseSeparator: ' ' }, ['a,b', 'c']],
    ['with blanks where commas were sent', 'a b', { scopeSeparator: ',' }, ['a', 'b']],
  ])('come %s', async (_name, scope, separators, expected) => {
    const { at } = answering(() => json({ access_token: 'a', scope }), separators)
    expect((await exchangeCode(at, code)).scopes).toEqual(expected)
  })
})
