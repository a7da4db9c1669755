// The one rule for names in braces, and that the window and the host both keep to it.
import { describe, expect, it } from 'vitest'
import { fillHeader, fillPath, placeholdersIn } from '../../../contract/placeholders.ts'
import { resolveRequest } from '../../../core/api/resolve.ts'
import { openPlaceholders, requestOf } from '../../../renderer/connection/ready-request.ts'

describe('a placeholder', () => {
  it('begins with a letter, and may hold digits and underscores', () => {
    expect(placeholdersIn('/{slug}/{item1}/{Project_ID}/{slug}')).toEqual(['{slug}', '{item1}', '{Project_ID}'])
    expect(placeholdersIn('/{}/{1}/{a-b}/{a b}/{"a":1}/{{}')).toEqual([])
  })

  it('is filled percent-encoded in a path, and as it is in a header', () => {
    expect(fillPath('/w/{slug}/{other}', { slug: 'a/b c' })).toBe('/w/a%2Fb%20c/{other}')
    expect(fillHeader('{slug}; {other}', { slug: 'a/b c' })).toBe('a/b c; {other}')
  })

  it('stays as it is where its value is empty, absent or only inherited', () => {
    expect(fillPath('/{slug}/{id}/{constructor}', { slug: '', id: null })).toBe('/{slug}/{id}/{constructor}')
  })
})

describe('a request as the window shows it and as the host sends it', () => {
  const connection = {
    workspace: { id: 'w1', name: 'Acme', slug: 'acme co', detail: null },
    account: null,
    grantId: 'code',
    baseUrl: 'https://api.example',
    installation: null,
    kept: {},
    keptFromRedirect: [],
  }
  const service = { grants: [], requestHeaders: { 'X-Workspace': '{slug}' } }
  const send = (path: string, value: string) => {
    const headers = [{ key: '1', name: 'X-Own', value }]
    const draft = { method: 'GET' as const, path, headers, body: '' }
    const bearer: [string, string] = ['Authorization', 'Bearer x']
    return {
      open: openPlaceholders(draft, connection, undefined),
      resolve: () => resolveRequest({ ...requestOf(draft), service, record: connection, bearer }),
    }
  }

  it('is filled alike', () => {
    const { open, resolve } = send('/w/{slug}', '{slug}')
    const { url, headers } = resolve()
    expect(open).toEqual([])
    expect(url.href).toBe('https://api.example/w/acme%20co')
    expect(headers).toEqual([
      ['X-Workspace', 'acme co'],
      ['X-Own', 'acme co'],
      ['Authorization', 'Bearer x'],
    ])
  })

  it.each([
    ['/x/{item1}', 'a', '{item1}'],
    ['/x', 'a {Item_1}', '{Item_1}'],
  ])('is held back by both where a name is open: %s, %s', (path, value, name) => {
    const { open, resolve } = send(path, value)
    expect(open).toEqual([name])
    expect(resolve).toThrow(name)
  })
})
