// Introspection (RFC 7662) at the application's door: what it adds to a connection whose API says nothing, and how it verifies a
// revocation that the API cannot verify.
import { afterEach, expect, it } from 'vitest'
import { openRevocationSetup, type RevocationSetup } from '../support/revocation-setup.ts'
import type { Asked } from '../support/test-server.ts'

let setup: RevocationSetup
afterEach(() => setup.close())

const access = 'at-0123456789'
const refresh = 'rt-0123456789'
const endpoints = { introspection: '{base}/introspect' }

/** A server that knows these tokens to be active; `dead` are no longer. */
function introspecting(dead: Set<string>) {
  return ({ form }: Asked) => {
    const token = form.get('token') ?? ''
    const active = !dead.has(token)
    const facts = { scope: 'read write', sub: 'user-7', username: 'ada', exp: 1_900_000_000 }
    return { json: active ? { active, ...facts } : { active } }
  }
}

const view = async () => {
  const { connections } = await setup.grantdesk.call('app.snapshot', {})
  return connections.find(({ id }) => id === setup.id)
}
const revoke = () => setup.grantdesk.call('connections.revoke', { id: setup.id })
/** Revokes as the server says: what it is asked to revoke is dead from then on. */
const revoking =
  (dead: Set<string>, which = [access, refresh]) =>
  ({ form }: Asked) => {
    const token = form.get('token') ?? ''
    if (which.includes(token)) dead.add(token)
    return { json: {} }
  }

it('gives account, scopes and end to a connection, where nothing else does', async () => {
  const issued = { json: { access_token: access, refresh_token: refresh } }
  setup = await openRevocationSetup(
    { endpoints, identity: [] },
    { '/token': () => issued, '/introspect': introspecting(new Set()) },
  )
  expect(await view()).toMatchObject({
    account: { id: 'user-7', name: 'ada' },
    scopes: { granted: null, reported: ['read', 'write'] },
    expiresAt: 1_900_000_000_000,
    introspection: { active: true, subject: 'user-7', username: 'ada', scopes: ['read', 'write'] },
  })
  const [asked] = setup.server.to('/introspect')
  expect(Object.fromEntries(asked?.form ?? [])).toEqual({
    token: access,
    token_type_hint: 'access_token',
    client_id: 'app',
    client_secret: 'app-s3cret-0123456789',
  })
})

it.each<[string, unknown, number | null]>([
  ['in ms', 1_900_000_000_000, 1_900_000_000_000],
  ['as a text', '1900000000', 1_900_000_000_000],
  ['beyond all calendars', 1e18, Date.UTC(2036, 10, 19, 12)],
  ['that is none', 'never', null],
])('reads an end %s', async (_name, exp, expected) => {
  const issued = { json: { access_token: access, refresh_token: refresh } }
  const answer = { active: true, scope: ['read', 'write'], sub: 7, exp }
  setup = await openRevocationSetup(
    { endpoints, identity: [] },
    { '/token': () => issued, '/introspect': () => ({ json: answer }) },
  )
  expect(await view()).toMatchObject({
    ...{ expiresAt: expected, account: { id: '7' }, scopes: { reported: ['read', 'write'] } },
    introspection: { expiresAt: expected },
  })
})

it('leaves the account to the API that names it', async () => {
  setup = await openRevocationSetup({ endpoints }, { '/introspect': introspecting(new Set()) })
  expect(await view()).toMatchObject({ account: { id: '1', name: 'Ada' }, introspection: { subject: 'user-7' } })
})

it('asks again, by hand, a service that has no other way', async () => {
  const dead = new Set<string>()
  setup = await openRevocationSetup({ endpoints, identity: [] }, { '/introspect': introspecting(dead) })
  dead.add(access)
  expect(await setup.grantdesk.call('connections.identify', { id: setup.id })).toMatchObject({
    introspection: { active: false },
  })
})

it('verifies a revocation that the API cannot verify', async () => {
  const dead = new Set<string>()
  setup = await openRevocationSetup(
    { endpoints, identity: [] },
    { '/introspect': introspecting(dead), '/revoke': revoking(dead) },
  )
  expect(await revoke()).toMatchObject({
    outcome: 'revoked',
    words: 'The authorization server says that the access token is not active any more.',
  })
  expect((await view())?.status.kind).toBe('revoked')
})

it('shows that an accepted revocation left the refresh token active, though the API refuses the access token', async () => {
  const dead = new Set<string>()
  setup = await openRevocationSetup(
    { endpoints },
    { '/introspect': introspecting(dead), '/revoke': revoking(dead, [access]) },
  )
  setup.answers['/me'] = () => ({ status: dead.has(access) ? 401 : 200, json: { id: '1', name: 'Ada' } })
  expect(await revoke()).toMatchObject({
    outcome: 'still_works',
    words: 'The service accepted the revocation, but the refresh token is still active.',
  })
})

it('proves nothing by “not active” of a token that was not active before, either', async () => {
  setup = await openRevocationSetup({ endpoints, identity: [] }, { '/introspect': () => ({ json: { active: false } }) })
  expect(await revoke()).toMatchObject({ outcome: 'unverified' })
})

it('that is refused changes nothing', async () => {
  setup = await openRevocationSetup({ endpoints, identity: [] }, { '/introspect': () => ({ status: 403 }) })
  expect(await view()).toMatchObject({ status: { kind: 'good' }, account: null })
  expect((await view())?.introspection).toBeUndefined()
  expect(await revoke()).toMatchObject({ outcome: 'unverified' })
})

it('verifies later what was not verified at once', async () => {
  const dead = new Set<string>()
  setup = await openRevocationSetup({ endpoints, identity: [] }, { '/introspect': introspecting(dead) })
  expect(await revoke()).toMatchObject({ outcome: 'still_works' })
  dead.add(access).add(refresh)
  expect(await setup.grantdesk.call('connections.checkRevocation', { id: setup.id })).toMatchObject({
    outcome: 'revoked',
  })
})
