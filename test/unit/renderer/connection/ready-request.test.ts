import { describe, expect, test } from 'vitest'
import type { Grant } from '../../../../contract/service.ts'
import { draftOf, headerField, openPlaceholders, requestOf } from '../../../../renderer/connection/ready-request.ts'

const connection = {
  workspace: { id: 'w 1', name: 'Acme', slug: 'acme co', detail: null },
  account: null,
  grantId: 'code',
  kept: {},
}
const bare = { ...connection, workspace: null }

const appGrant = { id: 'code', type: 'client_credentials', name: 'App' } as Grant

describe('a ready-made request', () => {
  test('has its placeholders filled from the workspace, as path segments', () => {
    const ready = {
      name: 'x',
      method: 'GET' as const,
      path: '/w/{workspace_id}',
      headers: {},
      body: '',
      unverified: false,
    }
    expect(draftOf(ready, connection).path).toBe('/w/w%201')
  })

  test('fills headers too, as they are', () => {
    const headers = { 'X-Account': '{workspace_id}' }
    const ready = { name: 'x', method: 'GET' as const, path: '/', headers, body: '', unverified: false }
    expect(draftOf(ready, connection).headers[0]).toMatchObject({ name: 'X-Account', value: 'w 1' })
  })

  test('names what only the person can fill in, each once', () => {
    const draft = { path: '/{slug}/{project}/{project}', headers: [headerField('X', '{uuid}')] }
    expect(openPlaceholders(draft, bare, undefined)).toEqual(['{slug}', '{project}', '{uuid}'])
    expect(openPlaceholders(draft, connection, undefined)).toEqual(['{project}', '{uuid}'])
  })

  test('leaves to the host what it knows of an app’s installation', () => {
    const draft = { path: '/apps/{installation}/{project}', headers: [] }
    const installed = { ...appGrant, id: 'code', installation: { parameter: 'installation' } } as Grant
    expect(openPlaceholders(draft, connection, { grants: [installed] })).toEqual(['{project}'])
    expect(openPlaceholders(draft, connection, { grants: [appGrant] })).toEqual(['{installation}', '{project}'])
  })

  test('crosses the door without empty header rows, and without a body where the method has none', () => {
    const headers = [headerField(' Accept ', ' a '), headerField('', 'x')]
    expect(requestOf({ method: 'GET', path: ' /a ', headers, body: '{}' })).toEqual({
      method: 'GET',
      path: '/a',
      headers: [['Accept', 'a']],
      body: '',
    })
    expect(requestOf({ method: 'POST', path: '/a', headers: [], body: '{}' }).body).toBe('{}')
  })
})
