// What APIs say of an account where services differ, at the application's door: scopes in a header, a name in two parts.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { serve, type TestServer } from '../unit/core/flows/flow-fixture.ts'

let grantdesk: TestApp
let server: TestServer
let scopes: string | null

beforeEach(async () => {
  grantdesk = await openTestApp()
  server = await serve((_, response) => {
    if (scopes !== null) response.setHeader('X-OAuth-Scopes', scopes)
    response.end(JSON.stringify({ id: 583231, login: 'ada', name: 'Ada' }))
  })
})
afterEach(async () => {
  await grantdesk.close()
  await server.close()
})

async function reported(): Promise<string[] | null | undefined> {
  const place = { serviceId: 'github', baseUrl: server.url }
  const token = { value: 'ghp_0123456789abcdef' }
  const grantId = 'personal_access_token'
  const { id } = await grantdesk.call('connect.start', { grantId, scopes: [], openBrowser: false, place, token })
  expect(await grantdesk.settled(id)).toMatchObject({ state: 'done' })
  return (await grantdesk.call('app.snapshot', {})).connections[0]?.scopes.reported
}

it.each<[string | null, string[] | null]>([
  ['repo, read:user', ['repo', 'read:user']],
  ['', []],
  [null, null],
])('a GitHub that answers with X-OAuth-Scopes %j reports %j', async (header, expected) => {
  scopes = header
  expect(await reported()).toEqual(expected)
})

it('a token among them is not shown', async () => {
  scopes = 'repo, ghp_0123456789abcdef'
  expect(JSON.stringify(await reported())).not.toContain('ghp_0123456789abcdef')
})

it('an account of Plannr is called by its name, not by its e-mail address', async () => {
  const { account } = await grantdesk.connected('plannr', { account: 'ada' })
  expect(account).toMatchObject({ name: 'Ada', email: 'ada@practice.example' })
})
