import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  type AuthorizationRequest,
  authorizationUrl,
  checkResources,
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
  resources: [],
  state: new Secret('st4te'),
  binding: { codeChallenge: 'ch4llenge', method: 'S256' },
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
    const [one, two] = [await prepareAuthorization('S256'), await prepareAuthorization('S256')]
    const verifier = one.binding?.codeVerifier.reveal() ?? ''
    expect(one.binding?.codeChallenge).toBe(createHash('sha256').update(verifier).digest('base64url'))
    const all = [one, two].flatMap(({ state, binding }) => [state.reveal(), binding?.codeVerifier.reveal()])
    expect(new Set(all).size).toBe(4)
    expect(one.state.reveal().length).toBeGreaterThanOrEqual(43)
  })

  it('shows the verifier itself where a server insists on plain', async () => {
    const { state, binding } = await prepareAuthorization('plain')
    expect(binding?.codeChallenge).toBe(binding?.codeVerifier.reveal())
    const url = new URL(authorizationUrl({ ...request, state, binding }))
    expect(url.searchParams.get('code_challenge_method')).toBe('plain')
  })

  it('carries no challenge where PKCE was switched off, and a state all the same', async () => {
    const { state, binding } = await prepareAuthorization('off')
    const url = new URL(authorizationUrl({ ...request, state, binding }))
    expect([...url.searchParams.keys()].filter((name) => name.startsWith('code_challenge'))).toEqual([])
    expect(url.searchParams.get('state')).toBe(state.reveal())
  })

  it('repeats the parameter for each resource', () => {
    const resources = ['https://api.example/a', 'https://api.example/b']
    expect(new URL(authorizationUrl({ ...request, resources })).searchParams.getAll('resource')).toEqual(resources)
  })

  it.each(['no uri', 'https://api.example/#part'])('takes no resource %s', (resource) => {
    expect(() => checkResources([resource])).toThrow('resource indicator')
  })
})
