// What a token response says about its refresh token, as facts.
import { describe, expect, it } from 'vitest'
import { refreshTokens, requestClientCredentials } from '../../../../core/oauth/token-endpoint.ts'
import { Secret } from '../../../../core/secret.ts'
import { answering, json } from './token-fixture.ts'

const extras = { parameters: {}, resources: [] }
const answer = (more: object) => json({ access_token: 'at-0123456789', token_type: 'bearer', ...more })

async function issued(more: object, expectsRefreshToken: boolean) {
  const { at, checks } = answering(() => answer(more), { expectsRefreshToken })
  await requestClientCredentials(at, { ...extras, scopes: [] })
  return checks.find(({ which }) => which === 'refresh_token')
}

async function refreshed(more: object) {
  const { at, checks } = answering(() => answer(more), { expectsRefreshToken: true })
  await refreshTokens(at, { ...extras, refreshToken: new Secret('rt-before-0123456789') })
  return checks.find(({ which }) => which === 'refresh_token')
}

describe('a refresh token in a first answer', () => {
  it('is issued, as expected or without', async () => {
    const more = { refresh_token: 'rt-0123456789' }
    expect(await issued(more, true)).toMatchObject({ expected: 'issued', found: 'issued', result: 'passed' })
    expect(await issued(more, false)).toMatchObject({ expected: null, found: 'issued', result: 'passed' })
  })

  it('that is missing is told where one was expected, and skipped elsewhere', async () => {
    expect(await issued({}, true)).toMatchObject({
      ...{ expected: 'issued', result: 'unconfirmed', reason: 'none_issued' },
    })
    expect(await issued({}, false)).toMatchObject({ expected: null, result: 'skipped', reason: 'none_issued' })
  })
})

describe('a refresh token in the answer to a refresh', () => {
  it('is a new one, the same, or none', async () => {
    expect(await refreshed({ refresh_token: 'rt-after-0123456789' })).toMatchObject({
      ...{ found: 'rotated', result: 'passed', reason: 'rotated' },
    })
    expect(await refreshed({ refresh_token: 'rt-before-0123456789' })).toMatchObject({
      ...{ found: 'repeated', result: 'passed', reason: 'unchanged' },
    })
    const none = await refreshed({})
    expect(none).toMatchObject({ result: 'passed', reason: 'unchanged' })
    expect(none?.found).toBeUndefined()
  })
})
