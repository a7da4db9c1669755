import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apiAddress, normaliseBaseUrl } from '../../../../core/services/addresses.ts'

describe('a base URL', () => {
  it.each([
    ['https://api.plane.so/', 'https://api.plane.so'],
    [' plane.example.com ', 'https://plane.example.com'],
    ['https://host/redmine//?a=1#b', 'https://host/redmine'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
  ])('%s becomes %s', (typed, spelled) => {
    expect(normaliseBaseUrl(typed)).toBe(spelled)
  })

  it.each(['', 'http://', 'http://plane.example.com', 'ftp://host', 'https://user:pw@host', 'javascript:alert(1)'])(
    '%s is refused',
    (typed) => {
      expect(() => normaliseBaseUrl(typed)).toThrow()
    },
  )

  it('keeps its spelling when it is normalised again', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, validSchemes: ['https'] }), (url) => {
        const once = normaliseBaseUrl(url)
        expect(normaliseBaseUrl(once)).toBe(once)
      }),
    )
  })
})

describe('an API address', () => {
  const base = 'https://host.example/sub'

  it('lies under the base URL', () => {
    expect(apiAddress('/api/v1?x=1', base).href).toBe('https://host.example/sub/api/v1?x=1')
    expect(apiAddress('api/v1', base).href).toBe('https://host.example/sub/api/v1')
    expect(apiAddress('https://host.example/other', base).href).toBe('https://host.example/other')
  })

  it('is never on another origin, whatever is typed', () => {
    const hostile = fc.oneof(
      fc.constantFrom(
        '//evil.example/',
        '\\\\evil.example',
        'https://evil.example',
        'http://host.example/',
        '@evil.example',
      ),
      fc.string({ maxLength: 40 }),
      fc.webUrl(),
    )
    fc.assert(
      fc.property(hostile, (path) => {
        try {
          expect(apiAddress(path, base).origin).toBe('https://host.example')
        } catch (error) {
          expect(String(error)).toMatch(/sent nowhere else|not an address|must not hold|Fill in/)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('is at the origins that the service names, and at no other, not even the base URL’s', () => {
    const service = { api: { origins: ['https://api.example', 'https://files.example:8443'] } }
    expect(apiAddress('/v1/me?x=1', base, service).href).toBe('https://api.example/v1/me?x=1')
    expect(apiAddress('https://files.example:8443/f', base, service).href).toBe('https://files.example:8443/f')
    for (const elsewhere of [
      'https://host.example/sub/x',
      '{base}/x',
      'http://api.example/x',
      'https://files.example/f',
    ]) {
      expect(() => apiAddress(elsewhere, base, service)).toThrow('is for api.example, files.example:8443 and is sent')
    }
  })

  it('is under the base URL where the path says so and the service names it among others', () => {
    const service = { api: { origins: ['https://api.example', '{base}'] } }
    expect(apiAddress('{base}/me', base, service).href).toBe('https://host.example/sub/me')
    expect(apiAddress('me', base, service).href).toBe('https://api.example/me')
    expect(() => apiAddress('{base}.evil.example/me', base, service)).toThrow('Fill in {base}')
  })

  it('holds no user name or password', () => {
    for (const path of ['https://ada:pw@host.example/x', 'https://ada@host.example/x', 'https:ada:pw@host.example/x']) {
      expect(() => apiAddress(path, base)).toThrow('must not hold a user name or password')
    }
  })

  it('refuses an open placeholder by its name', () => {
    expect(() => apiAddress('/projects/{project}/', base)).toThrow('{project}')
    expect(() => apiAddress('/workspaces/{slug}/', base)).toThrow('workspace')
  })
})
