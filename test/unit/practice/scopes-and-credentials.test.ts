import { expect, it } from 'vitest'
import { readBasicCredentials } from '../../../practice/authorization.ts'
import type { Incoming } from '../../../practice/http.ts'
import { covers, PLANE_SCOPES } from '../../../practice/plane/scopes.ts'
import { planioService } from '../../../practice/planio/service.ts'
import { translateScope } from '../../../practice/provider-configuration.ts'

it.each([
  [null, 'view_project search_project view_members'],
  ['  ', 'view_project search_project view_members'],
  ['view_issues  add_issues', 'view_issues add_issues'],
])('the scope "%s" reaches the engine as "%s"', (asked, seen) => {
  expect(translateScope(asked, planioService())).toBe(seen)
})

it('one scope that is not known spoils the rest', () => {
  expect(translateScope('view_issues fly', planioService())).not.toContain('view_issues')
})

it('any scope will do where a service knows none', () => {
  const anything = { ...planioService(), scopes: null }
  expect(translateScope('whatever', anything)).toBe(translateScope(null, anything))
})

it('Basic credentials are taken as they stand, colons in the secret included', () => {
  const form = new URLSearchParams()
  const headers = { authorization: `Basic ${Buffer.from('id:p+q%41:r').toString('base64')}` }
  const request: Incoming = { method: 'POST', path: '/', query: form, headers, body: Buffer.alloc(0), params: {} }
  readBasicCredentials(request, form)
  expect(Object.fromEntries(form)).toEqual({ client_id: 'id', client_secret: 'p+q%41:r' })
  expect(request.headers.authorization).toBeUndefined()
})

it('Plane lists each scope once, and a global scope covers every part', () => {
  expect(new Set(PLANE_SCOPES).size).toBe(PLANE_SCOPES.length)
  expect(PLANE_SCOPES).toContain('projects.work_items.comments:write')
  expect(covers(new Set(['read']), 'projects', 'read')).toBe(true)
  expect(covers(new Set(['read']), 'projects', 'write')).toBe(false)
  expect(covers(new Set(['projects:write']), 'projects', 'write')).toBe(true)
  expect(covers(null, 'projects', 'write')).toBe(true)
})
