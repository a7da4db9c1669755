import { expect, it } from 'vitest'
import { bendChallenge, translateScope } from '../../../practice/authorization-request.ts'
import { authenticateClient } from '../../../practice/client-authentication.ts'
import { createClientStore } from '../../../practice/clients.ts'
import type { Incoming } from '../../../practice/http.ts'
import { covers, PLANE_SCOPES } from '../../../practice/plane/scopes.ts'
import { planioService } from '../../../practice/planio/service.ts'
import { type QuirkId, quirkSet } from '../../../practice/quirk-catalogue.ts'
import { createQuirks } from '../../../practice/quirks.ts'

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

const SECRET = 'p+q%41:r'
const spelt = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
const RAW = spelt('app', SECRET)
const ENCODED = spelt('app', encodeURIComponent(SECRET))

function authenticate(authorization: string | undefined, fields: Record<string, string>, on: QuirkId[]) {
  const form = new URLSearchParams(fields)
  const headers = authorization ? { authorization } : {}
  const request: Incoming = { method: 'POST', path: '/', query: form, headers, body: Buffer.alloc(0), params: {} }
  const client = {
    name: '',
    clientId: 'app',
    clientSecret: SECRET,
    redirectUris: [],
    clientAuthentication: 'body' as const,
  }
  const rules = { clients: createClientStore([client]), quirks: createQuirks(quirkSet({}, on)), innerSecret: 'inner' }
  const isKnown = authenticateClient(request, form, rules)
  expect(form.get('client_secret') === 'inner').toBe(isKnown)
  return isKnown
}

const IN_BODY = { client_id: 'app', client_secret: SECRET }

it.each<[string, string | undefined, Record<string, string>, QuirkId[], boolean]>([
  ['Basic as it stands, colon in the secret included', RAW, {}, [], true],
  ['Basic form-encoded', ENCODED, {}, [], true],
  ['Basic as it stands', RAW, {}, ['basic-raw'], true],
  ['Basic form-encoded', ENCODED, {}, ['basic-raw'], false],
  ['Basic as it stands', RAW, {}, ['basic-form-encoded'], false],
  ['Basic form-encoded', ENCODED, {}, ['basic-form-encoded'], true],
  ['Basic', RAW, {}, ['body-only'], false],
  ['the body', undefined, IN_BODY, [], true],
  ['the body', undefined, IN_BODY, ['basic-only'], false],
  ['the body with another secret', undefined, { ...IN_BODY, client_secret: 'other' }, [], false],
  ['both at once', RAW, IN_BODY, [], false],
  ['neither', undefined, { client_id: 'app' }, [], false],
])('a client by %s (%#) is known or not, as the quirks have it', (_words, header, fields, on, known) => {
  expect(authenticate(header, fields, on)).toBe(known)
})

it('a replaced secret counts at once, and the old one no more', () => {
  const client = {
    name: '',
    clientId: 'app',
    clientSecret: SECRET,
    redirectUris: [],
    clientAuthentication: 'body' as const,
  }
  const clients = createClientStore([client])
  const secret = clients.resetSecret('app')
  expect([clients.isSecret('app', SECRET), clients.isSecret('app', secret)]).toEqual([false, true])
  expect(client.clientSecret).toBe(secret)
  expect(() => clients.resetSecret('nobody')).toThrow(/no client/)
})

it('a plain challenge becomes the one that its verifier will meet', () => {
  const query = new URLSearchParams({ code_challenge: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk' })
  bendChallenge(query, createQuirks(quirkSet({}, [])))
  expect(query.get('code_challenge_method')).toBe('S256')
  expect(query.get('code_challenge')).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
})

it('Plane lists each scope once, and a global scope covers every part', () => {
  expect(new Set(PLANE_SCOPES).size).toBe(PLANE_SCOPES.length)
  expect(PLANE_SCOPES).toContain('projects.work_items.comments:write')
  expect(covers(new Set(['read']), 'projects', 'read')).toBe(true)
  expect(covers(new Set(['read']), 'projects', 'write')).toBe(false)
  expect(covers(new Set(['projects:write']), 'projects', 'write')).toBe(true)
  expect(covers(null, 'projects', 'write')).toBe(true)
})
