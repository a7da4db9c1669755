import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  type AuthorizationRequest,
  authorizationUrl,
  prepareAuthorization,
} from '../../../../core/oauth/authorization-request.ts'
import { Secret } from '../../../../core/secret.ts'

const request: AuthorizationRequest = {
  endpoint: 'https://as.example/authorize?tenant=7#top',
  clientId: 'web app',
  redirectUri: 'http://127.0.0.1:5000/callback',
  scopes: ['read', 'wiki.pages:write'],
  separator: ' ',
  parameters: { access_type: 'offline' },
  state: new Secret('st4te'),
  codeChallenge: 'ch4llenge',
}

describe('an authorization request', () => {
  it('carries what it must, and keeps the endpoint’s own query', () => {
    const url = new URL(authorizationUrl(request))
    expect([url.origin, url.pathname, url.hash]).toEqual(['https://as.example', '/authorize', ''])
    expect(Object.fromEntries(url.searchParams)).toEqual({
      tenant: '7',
      access_type: 'offline',
      response_type: 'code',
      client_id: 'web app',
      redirect_uri: 'http://127.0.0.1:5000/callback',
      scope: 'read wiki.pages:write',
      state: 'st4te',
      code_challenge: 'ch4llenge',
      code_challenge_method: 'S256',
    })
    expect(url.search).not.toContain('+')
  })

  it('separates scopes as the service does, and sends none where none are asked for', () => {
    expect(new URL(authorizationUrl({ ...request, separator: ',' })).searchParams.get('scope')).toBe(
      'read,wiki.pages:write',
    )
    expect(new URL(authorizationUrl({ ...request, scopes: [] })).searchParams.has('scope')).toBe(false)
  })

  it('wins over the endpoint’s own query', () => {
    const url = authorizationUrl({ ...request, endpoint: 'https://as.example/a?state=x&state=y&response_type=token' })
    expect(new URL(url).searchParams.getAll('state')).toEqual(['st4te'])
    expect(new URL(url).searchParams.getAll('response_type')).toEqual(['code'])
  })

  it.each([
    'state',
    'response_type',
    'code_challenge',
    'code_challenge_method',
    'redirect_uri',
    'State',
    'response_mode',
    'request_uri',
  ])('refuses an extra parameter %s', (name) => {
    expect(() => authorizationUrl({ ...request, parameters: { [name]: 'x' } })).toThrow('itself')
  })

  it.each(['http://as.example/authorize', 'javascript:alert(1)', 'nowhere'])('refuses the endpoint %s', (endpoint) => {
    expect(() => authorizationUrl({ ...request, endpoint })).toThrow()
  })

  it('has a state and a verifier of its own each time, and the verifier’s S256 challenge', async () => {
    const [one, two] = [await prepareAuthorization(), await prepareAuthorization()]
    expect(one.codeChallenge).toBe(createHash('sha256').update(one.codeVerifier.reveal()).digest('base64url'))
    expect(new Set([one, two].flatMap(({ state, codeVerifier }) => [state.reveal(), codeVerifier.reveal()])).size).toBe(
      4,
    )
    expect(one.state.reveal().length).toBeGreaterThanOrEqual(43)
  })
})
