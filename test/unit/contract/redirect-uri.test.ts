import { describe, expect, it } from 'vitest'
import { forwardingRules } from '../../../contract/forwarding.ts'
import {
  listeningPlaceOf,
  outOfBandRedirectUri,
  proposalFor,
  redirectChoiceOf,
  redirectChoiceSchema,
  redirectKindOf,
  redirectUriProblem,
  redirectUriToRegister,
  takesAnyPort,
  withPort,
} from '../../../contract/redirect-uri.ts'

describe('the choice that a redirect URI is stored as', () => {
  it.each([
    ['http://127.0.0.1/callback', true, { mode: 'ephemeral' }],
    ['http://127.0.0.1:53682/callback', false, { mode: 'fixed', port: 53682 }],
    [outOfBandRedirectUri, false, { mode: 'out_of_band' }],
    ['http://localhost/cb', true, { mode: 'ephemeral', uri: 'http://localhost/cb' }],
    ['http://localhost/cb', false, { mode: 'exact', uri: 'http://localhost/cb' }],
    ['http://127.0.0.1:080/callback', false, { mode: 'exact', uri: 'http://127.0.0.1:080/callback' }],
    ['HTTP://127.0.0.1:53682/callback', false, { mode: 'exact', uri: 'HTTP://127.0.0.1:53682/callback' }],
    ['https://myapp.example/cb', true, { mode: 'exact', uri: 'https://myapp.example/cb' }],
    ['com.example.app:/cb', false, { mode: 'exact', uri: 'com.example.app:/cb' }],
  ] as const)('%s with any port: %s', (uri, anyPort, choice) => {
    expect(redirectChoiceOf(uri, anyPort)).toEqual(choice)
    expect(redirectUriToRegister(choice)).toBe(uri)
    expect(redirectChoiceSchema.parse(choice)).toEqual(choice)
  })

  it('is any port only where something can listen', () => {
    expect(redirectChoiceSchema.safeParse({ mode: 'ephemeral', uri: 'https://myapp.example/cb' }).success).toBe(false)
    expect(redirectChoiceSchema.safeParse({ mode: 'exact', uri: 'cb' }).success).toBe(false)
  })
})

it('knows where on this machine it can listen for a redirect URI', () => {
  expect(listeningPlaceOf('http://localhost:3000/oauth/callback?tenant=1')).toEqual({
    hostname: 'localhost',
    port: 3000,
    hasPort: true,
    path: '/oauth/callback',
  })
  expect(listeningPlaceOf('http://[::1]:8080')).toMatchObject({ hostname: '[::1]', port: 8080, path: '/' })
  expect(listeningPlaceOf('http://localhost/cb')).toMatchObject({ port: 80, hasPort: false })
  for (const uri of ['https://localhost:3000/cb', 'http://localhost.evil.example/', 'http://u@localhost/', 'x:/cb', ''])
    expect(listeningPlaceOf(uri)).toBeNull()
})

it('puts a port into a redirect URI and leaves every other character', () => {
  expect(withPort('http://localhost/a%2Fb?c=:1', 5)).toBe('http://localhost:5/a%2Fb?c=:1')
  expect(withPort('http://[::1]/cb', 5)).toBe('http://[::1]:5/cb')
  expect(withPort('HTTP://LocalHost:3000', 5)).toBe('HTTP://LocalHost:5')
})

it('takes any free port for one that is left out, unless the service compares it', () => {
  expect(takesAnyPort('http://localhost/cb', 'unknown')).toBe(true)
  expect(takesAnyPort('http://localhost/cb', 'no')).toBe(false)
  expect(takesAnyPort('http://localhost:3000/cb', 'yes')).toBe(false)
  expect(takesAnyPort('https://myapp.example/cb', 'yes')).toBe(false)
})

it('changes its own proposals with the choice of a port, and nothing that is registered', () => {
  expect(proposalFor('http://127.0.0.1:53682/callback', true)).toBe('http://127.0.0.1/callback')
  expect(proposalFor('http://127.0.0.1/callback', false)).toBe('http://127.0.0.1:53682/callback')
  expect(proposalFor('http://localhost:3000/cb', true)).toBe('http://localhost:3000/cb')
})

it('says what is wrong with a text that is no redirect URI', () => {
  const uris = ['http://localhost:3000/oauth/callback', 'com.example.app:/cb', 'myapp://done', outOfBandRedirectUri]
  for (const uri of uris) expect(redirectUriProblem(uri)).toBeNull()
  for (const wrong of [
    '',
    '/cb',
    'https:',
    'https://',
    'http:///x',
    'app:',
    'https://a/ b',
    'https://a/#b',
    'data:text/html,x',
  ])
    expect(redirectUriProblem(wrong)).not.toBeNull()
})

it('knows how an answer comes back', () => {
  expect(redirectKindOf('http://localhost:3000/cb')).toBe('listened')
  expect(redirectKindOf('https://localhost:3000/cb')).toBe('web')
  expect(redirectKindOf('com.example.app:/cb')).toBe('app')
  expect(redirectKindOf(outOfBandRedirectUri)).toBe('shown')
})

it('offers rules to forward answers where an address is on the web, and a page alone for a path that rules could misread', () => {
  const rules = forwardingRules('https://myapp.example/auth/plannr/callback?x=1')
  expect(rules.map(({ name }) => name)).toEqual(['nginx', 'Caddy', 'Netlify', 'A page'])
  expect(rules[0]?.text).toBe(
    'location = /auth/plannr/callback { return 307 http://127.0.0.1:53682/callback$is_args$args; }',
  )
  expect(forwardingRules('https://myapp.example/a;b').map(({ name }) => name)).toEqual(['A page'])
  expect(forwardingRules('http://localhost:3000/cb')).toEqual([])
})
