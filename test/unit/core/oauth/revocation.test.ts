import { describe, expect, it } from 'vitest'
import { revokeToken } from '../../../../core/oauth/revocation.ts'
import { type TokenPlaces, usualPlaces } from '../../../../core/oauth/token-places.ts'
import { Secret } from '../../../../core/secret.ts'
import { answering, failureOf, json } from './token-fixture.ts'

const input = { token: new Secret('tok-12345'), hint: 'refresh_token', encoding: 'form' } as const

describe('a revocation', () => {
  it('names token, hint and client in a form', async () => {
    const { at, sent } = answering(() => json({}))
    await revokeToken(at, input)
    expect([sent[0]?.url, Object.fromEntries(sent[0]?.form ?? [])]).toEqual([
      'https://as.example/revoke',
      { token: 'tok-12345', token_type_hint: 'refresh_token', client_id: 'web', client_secret: 'p+q%41:r/s=' },
    ])
  })

  it('names token and client in JSON where the service reads nothing else', async () => {
    const { at, sent } = answering(() => json({}))
    await revokeToken(at, { ...input, encoding: 'json' })
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
      token: 'tok-12345',
      client_id: 'web',
      client_secret: 'p+q%41:r/s=',
    })
    expect(sent[0]?.headers.get('content-type')).toBe('application/json')
  })

  it('in JSON can authenticate with the header', async () => {
    const { at, sent } = answering(() => json({}))
    await revokeToken({ ...at, client: { ...at.client, authentication: 'basic-raw' } }, { ...input, encoding: 'json' })
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual({ token: 'tok-12345' })
    expect(sent[0]?.headers.get('authorization')).toBe(`Basic ${btoa('web:p+q%41:r/s=')}`)
  })

  it.each([
    () => new Response('', { headers: { 'content-type': 'text/html' } }),
    () => json({}),
    () => new Response(null, { status: 204 }),
  ])('is accepted in every form that servers answer in (%#)', async (response) => {
    await expect(revokeToken(answering(response).at, input)).resolves.toBeUndefined()
  })

  it.each<[object, Partial<TokenPlaces>, string | null]>([
    [{ ok: false, error: 'token_revoked' }, {}, 'token_revoked'],
    [{ success: false }, {}, null],
    [{ error: { code: 'not_yours', message: 'Not yours.' } }, {}, 'not_yours'],
    [{ fault: { name: 'not_yours' } }, { error: ['fault.name'] }, 'not_yours'],
  ])('is refused where the answer says so, though its status is 200 (%#)', async (body, places, error) => {
    const { at } = answering(() => json(body), { places: { ...usualPlaces, ...places } })
    expect(await failureOf(revokeToken(at, input))).toMatchObject({ kind: 'refused', status: 200, error })
  })

  it('refused keeps the server’s words', async () => {
    const { at } = answering(() =>
      json({ error: 'unauthorized_client', error_description: 'Not yours: tok-12345' }, 403),
    )
    const failure = await failureOf(revokeToken(at, input))
    expect(failure).toMatchObject({
      kind: 'refused',
      by: 'revocation_endpoint',
      status: 403,
      error: 'unauthorized_client',
    })
    expect(JSON.stringify(failure)).not.toContain('tok-12345')
  })

  it('is not refused by a server in trouble', async () => {
    const { at } = answering(() => new Response('', { status: 503 }))
    expect((await failureOf(revokeToken(at, input))).kind).toBe('unexpected_answer')
  })

  it('is not supported without an endpoint', async () => {
    const { at } = answering(() => json({}), { revocationEndpoint: undefined })
    expect((await failureOf(revokeToken(at, input))).kind).toBe('not_supported')
  })
})
